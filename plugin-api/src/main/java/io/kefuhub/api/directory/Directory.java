package io.kefuhub.api.directory;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.channel.Contact;

/**
 * Looks up who a customer is in the organisation's own records.
 *
 * <p>Called from many threads at once that may wait, when a conversation opens and when an agent asks. Answer within 5 s
 * unless the admin set another deadline; without an answer the conversation goes on without the facts.
 */
public interface Directory extends AutoCloseable {
    default CheckResult check() {
        return new CheckResult.Fine();
    }

    /**
     * Looks a contact up.
     *
     * @param contact verified or not, as it says; anybody can type another's address, so tell nothing by what is not
     *     verified
     * @return what is known; {@link Found.Unknown} is as good an answer as any; soon after the thread was interrupted,
     *     which is how the hub gives a question up
     * @throws RuntimeException only for a defect: the contact counts as unknown
     */
    Found find(Contact contact);

    @Override
    default void close() {}
}
