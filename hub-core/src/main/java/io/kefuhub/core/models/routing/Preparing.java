package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.money.Reserving;
import io.kefuhub.core.models.money.WorstCase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gets everything that a call needs: tokens, money, permits, in this order, so that what can be given back is asked for
 * first. What is refused leaves nothing taken, but for permits. One thread only.
 */
final class Preparing {
    /** Fewer tokens of an answer are of no use. */
    private static final long LEAST = 64;

    private static final String PICTURE = "[picture]";
    private static final int MOST_TRIES = 3;
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Parts parts;
    private final ModelQuestion question;
    private final PayerLimits limits;
    private final PayerLimits.Desk desk;
    private final Books books;
    private boolean counted;

    Preparing(Parts parts, ModelQuestion question, PayerLimits limits, PayerLimits.Desk desk, Books books) {
        this.parts = parts;
        this.question = question;
        this.limits = limits;
        this.desk = desk;
        this.books = books;
    }

    /** What the question needs of a window, an answer of a few words included. */
    long needs(String model) {
        return parts.estimate().question(model, question) + Math.min(LEAST, question.maxTokens());
    }

    Prepared prepare(Candidate at, Optional<Station> repeats, Duration timeLeft) {
        var deployment = at.deployment();
        var estimate = parts.estimate().question(deployment.model(), question);
        var most = Math.min(
                Math.min(question.maxTokens(), deployment.traits().maxOutput()),
                deployment.traits().window() - estimate);
        if (most < 1) return new Prepared.RuledOut(Why.FAILED, "it does not fit the window");
        var taken = take(at, estimate + most);
        if (taken.deployment() < 0) {
            var again = at.station().tokens.until(estimate + most);
            return new Prepared.RuledOut(Why.LIMIT, "tokens per minute of " + deployment.key(), Optional.of(again));
        }
        if (taken.desk() < 0) {
            var again = desk.tokens().until(estimate + most);
            return new Prepared.Refused(Why.LIMIT, "tokens per minute of the desk", Optional.of(again));
        }
        var prepared = reserve(at, repeats, estimate, most, taken, timeLeft);
        if (!(prepared instanceof Prepared.Ready)) giveBack(at, taken);
        return prepared;
    }

    private Attempt.Tokens take(Candidate at, long tokens) {
        var deployment = at.station().tokens.take(tokens);
        if (deployment < 0) return new Attempt.Tokens(-1, 0);
        var ofDesk = desk.tokens().take(tokens);
        if (ofDesk < 0) at.station().tokens.settle(deployment, 0);
        return new Attempt.Tokens(deployment, ofDesk);
    }

    /** Gives up a call that was not made after all. */
    void giveUp(Attempt attempt) {
        books.unsent(attempt.id, "a cheaper one is asked");
        giveBack(attempt.at, attempt.taken);
    }

    private void giveBack(Candidate at, Attempt.Tokens taken) {
        at.station().tokens.settle(taken.deployment(), 0);
        desk.tokens().settle(taken.desk(), 0);
    }

    private Prepared reserve(
            Candidate at,
            Optional<Station> repeats,
            long estimate,
            long asked,
            Attempt.Tokens taken,
            Duration timeLeft) {
        var most = asked;
        for (var tried = 0; tried < MOST_TRIES; tried++) {
            var id = parts.ids().next();
            var reserving = parts.ledger().reserveToSend(worst(id, at, estimate, most, timeLeft));
            switch (reserving) {
                case Reserving.Reserved(var _, var cheaper) -> {
                    var attempt = new Attempt(id, at, request(at, most), estimate, repeats, taken);
                    return permitted(attempt).orElseGet(() -> new Prepared.Ready(attempt, cheaper));
                }
                case Reserving.Short(var budget, var fits) -> {
                    if (fits < Math.min(LEAST, asked)) return new Prepared.RuledOut(Why.BUDGET, budget);
                    most = Math.min(most, fits);
                }
                case Reserving.Unpriced() -> {
                    return new Prepared.RuledOut(Why.NO_MODEL, at.deployment().key() + " has no price");
                }
                case Reserving.Away() -> {
                    return new Prepared.Refused(Why.DATABASE_AWAY, "the books cannot be written");
                }
            }
        }
        return new Prepared.RuledOut(Why.BUDGET, "others took what was left");
    }

    private WorstCase worst(UUID id, Candidate at, long estimate, long most, Duration timeLeft) {
        var deployment = at.deployment();
        return new WorstCase(
                id,
                question.payer(),
                question.purpose(),
                question.alias(),
                deployment.key(),
                at.slot().contribution(),
                deployment.model(),
                deployment.billing().unpriced(),
                estimate,
                most,
                parts.clock().instant().plus(timeLeft).plus(GRACE));
    }

    /** Permits are spent, so they are asked for last; those of desk and customer once for a question. */
    private Optional<Prepared> permitted(Attempt attempt) {
        Optional<Prepared> refusal = Optional.empty();
        if (!attempt.station().requests.permits()) {
            refusal = Optional.of(new Prepared.RuledOut(
                    Why.LIMIT,
                    "requests per minute of " + attempt.deployment().key(),
                    Optional.of(attempt.station().requests.until())));
        } else if (!counted) {
            counted = true;
            if (!desk.requests().permits()) {
                refusal = Optional.of(new Prepared.Refused(
                        Why.LIMIT,
                        "requests per minute of the desk",
                        Optional.of(desk.requests().until())));
            } else if (question.purpose() == Purpose.ANSWER && !limits.permitsCustomer(question.payer())) {
                refusal = Optional.of(new Prepared.Refused(
                        Why.LIMIT, "turns of one customer", Optional.of(limits.until(question.payer()))));
            }
        }
        if (refusal.isEmpty()) refusal = dispatched(attempt);
        refusal.ifPresent(_ -> books.unsent(attempt.id, "refused by a limit"));
        return refusal;
    }

    private Optional<Prepared> dispatched(Attempt attempt) {
        try {
            return parts.ledger().dispatched(attempt.id)
                    ? Optional.empty()
                    : Optional.of(new Prepared.Refused(Why.DEADLINE, "what was kept for it had been given back"));
        } catch (DatabaseAwayException e) {
            return Optional.of(new Prepared.Refused(Why.DATABASE_AWAY, "the books cannot be written"));
        }
    }

    private AiRequest request(Candidate at, long most) {
        return new AiRequest(
                at.deployment().model(),
                question.system(),
                at.deployment().traits().pictures() ? question.messages() : withoutPictures(question.messages()),
                (int) most,
                question.temperature(),
                question.stream(),
                question.options());
    }

    private static List<AiRequest.Turn> withoutPictures(List<AiRequest.Turn> messages) {
        return messages.stream()
                .map(message -> message.pictures().isEmpty()
                        ? message
                        : new AiRequest.Turn(message.role(), withoutPictures(message.text()), List.of()))
                .toList();
    }

    /** A model that cannot see it is told that there is something to see. */
    private static String withoutPictures(String text) {
        if (text.contains(PICTURE)) return text;
        return text.isBlank() ? PICTURE : text + "\n" + PICTURE;
    }
}
