package io.kefuhub.core.delivery;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.core.conversation.MessageState;
import java.time.Duration;
import java.util.Optional;

/**
 * When a reply that did not arrive is handed over again. Immutable.
 *
 * @param first the pause after the first failure; doubled with each
 * @param longest no pause is longer
 * @param patience a reply older than this is given up
 */
public record RetryPlan(Duration first, Duration longest, Duration patience) {
    public static final RetryPlan USUAL =
            new RetryPlan(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(24));

    /** The longest pause that is added where the channel itself says when to come back. */
    private static final Duration LONGEST_AFTER_WORD = Duration.ofSeconds(30);

    /**
     * What to do next.
     *
     * @param state where the message has come to its end
     * @param pause until the next attempt, where it has not
     * @param reason in a few words; empty when it arrived
     */
    record Next(Optional<MessageState> state, Optional<Duration> pause, Localized reason) {
        static Next end(MessageState state, Localized reason) {
            return new Next(Optional.of(state), Optional.empty(), reason);
        }

        static Next again(Duration pause, Localized reason) {
            return new Next(Optional.empty(), Optional.of(pause), reason);
        }
    }

    Next next(Delivered outcome, int attempts, Duration age) {
        if (!(outcome instanceof Delivered.Done) && age.compareTo(patience) > 0) {
            return Next.end(
                    MessageState.FAILED,
                    Localized.of("given up after " + attempts + " attempts", "尝试 " + attempts + " 次后放弃"));
        }
        return switch (outcome) {
            case Delivered.Done _ -> Next.end(MessageState.SENT, Localized.of(""));
            case Delivered.RetryLater(var pause, var reason) ->
                Next.again(longer(pause, shorter(backOff(attempts), LONGEST_AFTER_WORD)), reason);
            case Delivered.Undeliverable(var reason) -> Next.end(MessageState.FAILED, reason);
            case Delivered.Misconfigured(var setting, var reason) ->
                Next.again(longest, reason.map(text -> setting + ": " + text));
            case Delivered.Unknown(var reason, var safe) ->
                safe ? Next.again(backOff(attempts), reason) : Next.end(MessageState.FAILED, reason);
        };
    }

    private Duration backOff(int attempts) {
        var pause = first.multipliedBy(1L << Math.min(attempts - 1, 20));
        return shorter(pause, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
