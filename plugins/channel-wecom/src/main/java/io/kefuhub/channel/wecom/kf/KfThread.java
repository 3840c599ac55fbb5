package io.kefuhub.channel.wecom.kf;

/**
 * Who talks to which customer service account; the hub's thread. Immutable.
 *
 * @param openKfId the account
 * @param customer the platform's id of the customer
 */
record KfThread(String openKfId, String customer) {
    static KfThread parse(String thread) {
        var slash = thread.indexOf('/');
        return slash < 0
                ? new KfThread("", thread)
                : new KfThread(thread.substring(0, slash), thread.substring(slash + 1));
    }

    /** Whether it can be a thread of the hub's. */
    boolean isWhole() {
        return !openKfId.isEmpty() && !customer.isEmpty() && openKfId.length() + customer.length() < 190;
    }

    @Override
    public String toString() {
        return openKfId + "/" + customer;
    }
}
