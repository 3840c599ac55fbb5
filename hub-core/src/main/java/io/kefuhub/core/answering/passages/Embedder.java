package io.kefuhub.core.answering.passages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns texts into vectors whose directions say what they mean. Safe for threads. */
public interface Embedder {
    /** Where no model for it is set up. */
    Embedder NONE = new Embedder() {
        @Override
        public Optional<String> model() {
            return Optional.empty();
        }

        @Override
        public boolean hasLocal() {
            return false;
        }

        @Override
        public Made embed(String model, boolean localOnly, List<String> texts, Duration within) {
            return new Made.NotOffered();
        }
    };

    /**
     * The model that vectors are to be made by now; two vectors can be compared only if one model made both. Cheap, asked
     * often.
     */
    Optional<String> model();

    /** Whether that model also makes vectors of texts that must stay with the organisation. Cheap, asked often. */
    boolean hasLocal();

    /**
     * Makes a vector of each text, in order.
     *
     * @param model one that {@link #model()} named, now or earlier
     * @param localOnly whether the texts must stay with the organisation
     * @param within how long anybody waits for it
     */
    Made embed(String model, boolean localOnly, List<String> texts, Duration within);

    /** What became of texts. */
    sealed interface Made {
        record Vectors(List<float[]> values) implements Made {
            public Vectors {
                values = List.copyOf(values);
            }
        }

        /** Not now. */
        record Away(Duration pause, String reason) implements Made {}

        /** One of the texts may not be seen by any model. */
        record Refused() implements Made {}

        /** That model is not there any more. */
        record NotOffered() implements Made {}
    }
}
