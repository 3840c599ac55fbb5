package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.core.models.catalogue.Deployment.OffReason;
import io.kefuhub.core.plugin.Asked;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one call, as far as the next step depends on it. By what the provider's plugin says, never by words in a
 * message. Immutable.
 *
 * @param word as the books have it
 * @param detail for an admin
 * @param pause what the provider asks for; zero for nothing
 * @param answer of what is answered
 * @param off of what only a person can mend
 */
record Fate(
        Kind kind,
        String word,
        String detail,
        Duration pause,
        Optional<AiReply.Answer> answer,
        Optional<OffReason> off) {
    enum Kind {
        ANSWERED,
        /** Worth another call, elsewhere first. */
        AGAIN,
        /** Worth another call after a pause. */
        LATER,
        OFF,
        TOO_LONG,
        WITHHELD,
        /** The same question is of no use. */
        REFUSED,
        CALLED_OFF,
        OUT_OF_TIME,
        /** It was not asked, because what speaks to it is just replaced. */
        GONE
    }

    private static final String BLANK = "an answer without words";

    static Fate of(Asked<AiReply> asked) {
        return switch (asked) {
            case Asked.Answered<AiReply>(var reply, var _) -> of(reply);
            case Asked.Failed<AiReply>(var reason, var _) -> plain(Kind.AGAIN, "failed", reason);
            case Asked.Late<AiReply> late -> plain(Kind.AGAIN, "timed-out", late.problem());
            case Asked.Unavailable<AiReply> gone -> plain(Kind.GONE, "unsent", gone.problem());
        };
    }

    private static Fate of(AiReply reply) {
        return switch (reply) {
            case AiReply.Answer answer ->
                answer.text().isBlank()
                        ? plain(Kind.AGAIN, "broken", BLANK)
                        : new Fate(Kind.ANSWERED, "answered", "", Duration.ZERO, Optional.of(answer), Optional.empty());
            case AiReply.RateLimited(var pause, var _) ->
                new Fate(Kind.LATER, "rate-limited", "", pause, Optional.empty(), Optional.empty());
            case AiReply.Overloaded _ -> plain(Kind.AGAIN, "overloaded", "");
            case AiReply.CredentialsRefused _ -> off("credentials-refused", OffReason.CREDENTIALS);
            case AiReply.NoBalance _ -> off("no-balance", OffReason.BALANCE);
            case AiReply.TooLong _ -> plain(Kind.TOO_LONG, "too-long", "");
            case AiReply.ContentFiltered _ -> plain(Kind.WITHHELD, "withheld", "");
            case AiReply.Refused(var reason, var _) -> plain(Kind.REFUSED, "refused", reason);
            case AiReply.Broken broken -> plain(Kind.AGAIN, "broken", broken.reason());
            case AiReply.Cancelled _ -> plain(Kind.AGAIN, "broken", "it ended by itself");
        };
    }

    static Fate late(String what) {
        return plain(Kind.AGAIN, "timed-out", what);
    }

    static Fate outOfTime() {
        return plain(Kind.OUT_OF_TIME, "timed-out", "the turn's time was over");
    }

    static Fate calledOff() {
        return plain(Kind.CALLED_OFF, "cancelled", "");
    }

    static Fate outrun() {
        return plain(Kind.CALLED_OFF, "outrun", "another one began to answer first");
    }

    private static Fate off(String word, OffReason reason) {
        return new Fate(Kind.OFF, word, "", Duration.ZERO, Optional.empty(), Optional.of(reason));
    }

    private static Fate plain(Kind kind, String word, String detail) {
        return new Fate(kind, word, detail, Duration.ZERO, Optional.empty(), Optional.empty());
    }
}
