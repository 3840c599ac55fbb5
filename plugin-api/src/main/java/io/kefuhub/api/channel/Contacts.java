package io.kefuhub.api.channel;

/** Who the customers of a channel are. Safe for threads; every call is a transaction. */
public interface Contacts {
    /** Finds the contact by its subject or makes it; a name or attribute given replaces the one known. */
    void label(Contact contact);

    /**
     * Moves what an anonymous visitor said to the customer they turned out to be. Happens once; a repeat changes nothing.
     *
     * <p>Where the customer has no conversation of their own yet, the visitor's becomes it; else the visitor's is closed
     * and stays in the customer's history.
     *
     * @param anonymousThread the visitor's thread; it need not exist
     * @param customerThread the thread that is the customer's own
     * @param customer verified
     * @return the conversation the customer goes on in
     */
    Merged merge(String anonymousThread, String customerThread, Contact customer);

    /** Whether the visitor's conversation has become the customer's. */
    enum Merged {
        MOVED,
        KEPT_APART
    }
}
