package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiReply;
import java.time.Duration;
import java.util.Optional;

/** What became of a question to an alias. What a sink was told until then stands for nothing else. */
public sealed interface ModelOutcome {
    Used used();

    /** The whole answer. */
    record Answered(String text, AiReply.Finish finish, Used used) implements ModelOutcome {}

    /** The stream broke after something had been shown, so that no other model may go on. */
    record Partial(String textSoFar, Used used) implements ModelOutcome {}

    /** The provider withheld it; nobody else was asked. */
    record Withheld(Used used) implements ModelOutcome {}

    /** It does not fit any window; the same at 60 % of its length may. */
    record TooLong(Used used) implements ModelOutcome {}

    record Cancelled(String textSoFar, Used used) implements ModelOutcome {}

    /**
     * Nobody could or might answer.
     *
     * @param again after how long the same may be answered, where somebody said so
     */
    record NotAnswered(Why why, String detail, Optional<Duration> again, Used used) implements ModelOutcome {
        public NotAnswered(Why why, String detail, Used used) {
            this(why, detail, Optional.empty(), used);
        }
    }

    /** Why nobody answered. */
    enum Why {
        /** The alias is not there, or nothing in it is on. */
        NO_MODEL,
        /** The worst case does not fit into what is left. */
        BUDGET,
        /** Too many questions or tokens in the period. */
        LIMIT,
        /** All that could be asked rest, are full or cooling. */
        BUSY,
        /** What was asked failed, and no attempt or time was left. */
        FAILED,
        DEADLINE,
        /** The books cannot be written. */
        DATABASE_AWAY,
        /** A filter of the hub does not let it leave. */
        FILTERED
    }
}
