package io.kefuhub.api.ai;

import java.time.Duration;
import java.util.List;

/** What became of texts that were to become vectors. */
public sealed interface Embedding {
    /** One vector for each text, in order, all of one length. */
    record Vectors(List<float[]> values, Usage usage) implements Embedding {
        public Vectors {
            values = List.copyOf(values);
        }
    }

    record NotOffered() implements Embedding {}

    record RetryLater(Duration pause) implements Embedding {}

    record Failed(String reason) implements Embedding {}
}
