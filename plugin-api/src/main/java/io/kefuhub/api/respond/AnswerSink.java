package io.kefuhub.api.respond;

/** Shows an answer while it is made, as far as filters and the channel allow. Used by one thread; never waits. */
public interface AnswerSink {
    /** The whole text so far. */
    void draft(String text);
}
