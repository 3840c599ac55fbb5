package io.kefuhub.api.filter;

import io.kefuhub.api.message.Message;
import java.util.Set;

/**
 * Decides what becomes of a message before it is answered, shown or sent to a model.
 *
 * <p>A filter is a pure question: it sees one message and answers with a {@link Verdict}. It keeps no state about
 * earlier messages and sends nothing itself.
 */
public interface Filter extends AutoCloseable {
    /** The stages this filter wants to see; fixed for the life of the instance, never empty. */
    Set<Stage> stages();

    /**
     * Judges one message.
     *
     * <p>Called from many threads at once. Answer within the deadline the admin set (500 ms unless configured); a later
     * answer is discarded and counts as a failure.
     *
     * @param message the message as the previous filter left it; holds at least one part
     * @param facts what is known around it
     * @param stage why it is being asked; always one of {@link #stages()}
     * @return the verdict
     * @throws RuntimeException only for a defect: the hub does what the admin set for this filter
     */
    Verdict apply(Message message, Facts facts, Stage stage);

    /**
     * Says how many characters of a growing answer may be shown now, so that a listed word is never shown and then
     * recalled. The default shows none until the end.
     *
     * @param soFar the answer's text up to here
     * @return from 0 to the length of the text
     */
    default int safeUntil(String soFar, Facts facts) {
        return 0;
    }

    @Override
    default void close() {}
}
