package io.kefuhub.api.kit;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that a contract asks about, or why a kind of channel has no such thing. So nothing is left out in silence: what
 * is not asked is told in words, where its author and whoever reads the tests see it. Immutable.
 */
public sealed interface Applicable<T> {
    record Given<T>(T value) implements Applicable<T> {}

    /**
     * @param because ends the sentence that begins with "not applicable because"
     */
    record Not<T>(String because) implements Applicable<T> {
        public Not {
            if (because.isBlank()) throw new IllegalArgumentException("say why it is not applicable");
        }
    }

    static <T> Applicable<T> given(T value) {
        return new Given<>(value);
    }

    static <T> Applicable<T> notBecause(String because) {
        return new Not<>(because);
    }

    default Optional<T> found() {
        return switch (this) {
            case Given<T>(var value) -> Optional.of(value);
            case Not<T> _ -> Optional.empty();
        };
    }

    /** Asks where there is something to ask about. */
    default void ask(Consumer<T> question) {
        found().ifPresent(question);
    }
}
