package io.kefuhub.core.plugin;

import io.kefuhub.api.Localized;
import java.util.Optional;
import java.util.function.Function;

/** What became of a question to foreign code. Immutable. */
public sealed interface Asked<T> {
    record Answered<T>(T value, long nanos) implements Asked<T> {}

    /** It threw, or answered what the contract does not allow. */
    record Failed<T>(String reason, long nanos) implements Asked<T> {}

    /** It has not answered within its deadline; what it says later is discarded. */
    record Late<T>(long nanos) implements Asked<T> {}

    /** It was not asked: it is closed, or rests after repeated failures. */
    record Unavailable<T>(Reason.Known why) implements Asked<T> {}

    /** The answer to a question that has none but its end. */
    enum Done {
        DONE
    }

    /** Returns the answer, if there is one. */
    default Optional<T> answer() {
        return this instanceof Answered<T>(var value, var _) ? Optional.of(value) : Optional.empty();
    }

    /** Returns the answer, else the other value. */
    default T orElse(T other) {
        return this instanceof Answered<T>(var value, var _) ? value : other;
    }

    /** Changes the answer, if there is one. */
    default <R> Asked<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Answered<T>(var value, var nanos) -> new Answered<>(change.apply(value), nanos);
            case Failed<T>(var reason, var nanos) -> new Failed<>(reason, nanos);
            case Late<T>(var nanos) -> new Late<>(nanos);
            case Unavailable<T>(var why) -> new Unavailable<>(why);
        };
    }

    /** Says what went wrong; {@link Reason#NONE} for an answer. */
    default Reason why() {
        return switch (this) {
            case Answered<T> _ -> Reason.NONE;
            case Failed<T>(var reason, var _) -> Reason.Code.FAILED.known(reason);
            case Late<T>(var nanos) -> Reason.Code.LATE.known(nanos / 1_000_000);
            case Unavailable<T>(var why) -> why;
        };
    }

    /** Says in a few words what went wrong; empty for an answer. */
    default String problem() {
        return trouble().toString();
    }

    /** The same in the languages of those who look after it. */
    default Localized trouble() {
        return this instanceof Failed<T>(var reason, var _)
                ? Localized.of(reason)
                : why().words().localized();
    }
}
