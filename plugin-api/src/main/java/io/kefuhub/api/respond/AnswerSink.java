package io.kefuhub.api.respond;

import io.kefuhub.api.ai.Cancel;

/** Shows an answer while it is made, as far as filters and the channel allow. Used by one thread; never waits. */
public interface AnswerSink {
    /**
     * The whole text so far. What filters hold back is shown later or never; what the channel cannot show while it is made
     * is not shown at all. The answer that is returned counts, whatever was drafted; where the channel has sent messages of it
     * already, what follows them is sent, so only add to what was drafted.
     */
    void draft(String text);

    /**
     * Says when the answer is no longer wanted, because the customer wrote again or asked for a person, a person took over,
     * or too much time has passed. The hub then waits 2 seconds at most, and asks on; what comes later is not sent.
     */
    default Cancel cancel() {
        return Cancel.NEVER;
    }
}
