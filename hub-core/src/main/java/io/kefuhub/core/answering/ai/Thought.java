package io.kefuhub.core.answering.ai;

import io.kefuhub.api.respond.Response;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Used;
import java.util.List;
import java.util.Optional;

/** What came of asking models. Immutable. */
sealed interface Thought {
    /**
     * An answer that may be given.
     *
     * @param citations what of the passages it draws on
     * @param confidence as the model said
     * @param care how it may be treated
     * @param exchanges how many turns the prompt held
     */
    record Said(
            String text,
            List<Response.Citation> citations,
            Optional<Double> confidence,
            Rung rung,
            Used used,
            Care care,
            int exchanges)
            implements Thought {
        public Said {
            citations = List.copyOf(citations);
        }
    }

    /** How far an answer may be trusted beyond this turn. */
    enum Care {
        /** Whole, as the model made it: it may be given to others. */
        WHOLE,
        /** Something was left out of it, or it was cut at its longest. */
        CUT,
        /** It broke after its beginning had been shown. */
        PARTIAL
    }

    /**
     * A person is wanted.
     *
     * @param words what the model says to it; may be empty
     * @param sure false when the model only was not sure enough of its answer
     */
    record Person(String words, boolean sure, Rung rung, Used used) implements Thought {}

    /** Nothing that is known supports an answer. */
    record Unsupported() implements Thought {}

    /** The provider withheld it; no other is asked. */
    record Withheld() implements Thought {}

    record Cancelled() implements Thought {}

    /** No model could or might answer. */
    record Nothing(Optional<ModelOutcome.Why> why) implements Thought {}
}
