package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;

/** Passes each piece on as it comes. */
record EachAlone(AiSink sink) implements GatheringSink {
    @Override
    public void gather(String piece) {
        sink.content(piece);
    }

    @Override
    public void show() {}

    @Override
    public void reasoning(String piece) {
        sink.reasoning(piece);
    }

    @Override
    public void usage(Usage usage) {
        sink.usage(usage);
    }
}
