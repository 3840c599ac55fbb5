package io.kefuhub.core.plugin;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.respond.AnswerSink;

/** Stands round what a question is lent for its own time: what comes through after the end is dropped. Safe for threads. */
final class Fence implements AutoCloseable {
    private volatile boolean over;

    AnswerSink around(AnswerSink sink) {
        return new AnswerSink() {
            @Override
            public void draft(String text) {
                if (!over) sink.draft(text);
            }

            @Override
            public Cancel cancel() {
                return sink.cancel();
            }
        };
    }

    AiSink around(AiSink sink) {
        return new AiSink() {
            @Override
            public void content(String piece) {
                if (!over) sink.content(piece);
            }

            @Override
            public void reasoning(String piece) {
                if (!over) sink.reasoning(piece);
            }

            @Override
            public void usage(Usage usage) {
                if (!over) sink.usage(usage);
            }
        };
    }

    @Override
    public void close() {
        over = true;
    }
}
