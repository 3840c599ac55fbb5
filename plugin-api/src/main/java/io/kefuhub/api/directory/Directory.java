package io.kefuhub.api.directory;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.channel.Contact;

/** Looks up who a customer is in the organisation's own records. Called from many threads that may wait; 5 s. */
public interface Directory extends AutoCloseable {
    default CheckResult check() {
        return new CheckResult.Fine();
    }

    /**
     * Looks a contact up.
     *
     * @param contact verified or not, as it says; never tell of a customer by an unverified attribute
     */
    Found find(Contact contact);

    @Override
    default void close() {}
}
