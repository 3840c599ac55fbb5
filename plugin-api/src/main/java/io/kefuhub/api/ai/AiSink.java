package io.kefuhub.api.ai;

/** Told of an answer as it is made. Used by one thread. Bytes that carry none of these are not progress. */
public interface AiSink {
    /** A further piece of the answer's text; never empty. */
    void content(String piece);

    /** A further piece of the model's reasoning; never shown to customers. */
    void reasoning(String piece);

    /** The usage so far; the last one counts. */
    void usage(Usage usage);
}
