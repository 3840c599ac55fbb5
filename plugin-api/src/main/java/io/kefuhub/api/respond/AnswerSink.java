package io.kefuhub.api.respond;

import io.kefuhub.api.ai.Cancel;

/** Shows an answer while it is made, as far as filters and the channel allow. Used by one thread; never waits. */
public interface AnswerSink {
    /** The whole text so far. */
    void draft(String text);

    /** Says when the answer is no longer wanted, because the customer wrote again or a person took over. */
    default Cancel cancel() {
        return Cancel.NEVER;
    }
}
