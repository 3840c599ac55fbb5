package io.kefuhub.ai.exchange;

import java.util.List;
import java.util.Optional;

/** Vectors in JSON. */
public final class Floats {
    private Floats() {}

    /** Reads a vector; empty when something in it is no number. */
    public static Optional<float[]> of(List<?> items) {
        var vector = new float[items.size()];
        for (var i = 0; i < vector.length; i++) {
            if (!(items.get(i) instanceof Number number)) return Optional.empty();
            vector[i] = number.floatValue();
        }
        return vector.length == 0 ? Optional.empty() : Optional.of(vector);
    }
}
