package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiSink;

/**
 * A sink that may show several pieces at once. Pieces that came together are gathered, and shown when nothing more is there
 * at the moment; what is gathered when the answer is over is left to whoever asked.
 */
public interface GatheringSink extends AiSink {
    /** Takes a piece that need not be shown before the next. */
    void gather(String piece);

    /** Nothing more is there at the moment. */
    void show();

    @Override
    default void content(String piece) {
        gather(piece);
        show();
    }

    /** Any sink as one of these. */
    static GatheringSink of(AiSink sink) {
        return sink instanceof GatheringSink gathering ? gathering : new EachAlone(sink);
    }
}
