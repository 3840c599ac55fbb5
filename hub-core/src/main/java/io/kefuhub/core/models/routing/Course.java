package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.Rules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The way of one question from deployment to deployment until it is answered or cannot be. One thread only, that of the
 * asker.
 */
final class Course {
    private static final int MOST_GONE = 3;

    private final Parts parts;
    private final RoutedModels.Shared shared;
    private final ModelQuestion question;
    private final Rules rules;
    private final Tempo tempo;
    private final AiSink sink;
    private final Cancel cancel;
    private final Choosing choosing;
    private final Preparing preparing;
    private final Books books;
    private final HeldBack text;
    private final Optional<String> cheaper;
    private final Mailbox news = new Mailbox();
    private final Stop all = new Stop();
    private final long startedAt = System.nanoTime();
    private final Watch.Deadlines deadlines;
    private int attempts;
    private int gone;
    private boolean usesCheaper;
    private Usage usage = Usage.UNKNOWN;
    private Choosing.Nobody last = new Choosing.Nobody(Why.FAILED, "");

    Course(
            Parts parts,
            RoutedModels.Shared shared,
            Catalogue catalogue,
            RoutedModels.Asked asked,
            AiSink sink,
            Cancel cancel) {
        this.parts = parts;
        this.shared = shared;
        this.question = asked.question();
        this.rules = catalogue.rules();
        this.tempo = asked.tempo();
        this.sink = sink;
        this.cancel = cancel;
        this.cheaper = asked.alias().cheaper();
        var desk = shared.limits().desk(question.payer().desk());
        books = new Books(question, parts.ledger(), parts.estimate(), desk);
        preparing = new Preparing(parts, question, shared.limits(), desk, books);
        choosing = new Choosing(
                parts.contributions(),
                shared.stations(),
                preparing,
                question,
                Ranking.of(
                        asked.alias(),
                        catalogue,
                        bound -> ThreadLocalRandom.current().nextInt(bound)),
                // What a test asks are the hub's own words.
                question.purpose() != Purpose.TEST
                        && rules.staysLocal(question.payer().desk()));
        text = new HeldBack(sink, question.stream(), tempo);
        deadlines = new Watch.Deadlines(
                startedAt + question.firstText().toNanos(),
                startedAt + question.end().toNanos());
    }

    ModelOutcome go() throws InterruptedException {
        cancel.onRequest(() -> {
            // Before a call ends by it, which would else be heard of first and be taken for broken.
            news.tell(new News.CalledOff());
            all.request();
        });
        if (cheaper.isPresent() && shared.thrift().isOn(question.payer().desk())) turnToCheaper();
        Optional<Station> repeats = Optional.empty();
        while (true) {
            if (cancel.isRequested()) return new ModelOutcome.Cancelled(text.text(), used(Optional.empty()));
            if (timeLeft().isNegative()) return notAnswered(Why.DEADLINE, last.detail());
            if (choosing.isTooLong()) return new ModelOutcome.TooLong(used(Optional.empty()));
            var candidate = choosing.next(shorter(tempo.line(), timeLeft()), tempo.waiting(), cancel);
            if (candidate.isEmpty()) {
                if (cancel.isRequested()) continue;
                return nobody();
            }
            var attempt = prepare(candidate.get(), repeats);
            if (attempt instanceof Step.Done(var outcome)) return outcome;
            if (!(attempt instanceof Step.Go(var one))) continue;
            var outcome = conclude(watch(one));
            if (outcome instanceof Next.Done(var done)) return done;
            repeats = ((Next.On) outcome).repeats();
        }
    }

    /** What follows from getting ready. */
    private sealed interface Step {
        record Go(Attempt attempt) implements Step {}

        record Choose() implements Step {}

        record Done(ModelOutcome outcome) implements Step {}
    }

    /** What follows from an attempt. */
    private sealed interface Next {
        record Done(ModelOutcome outcome) implements Next {}

        record On(Optional<Station> repeats) implements Next {}
    }

    private Step prepare(Candidate candidate, Optional<Station> repeats) {
        Step step = new Step.Choose();
        try {
            step = step(candidate, preparing.prepare(candidate, repeats, timeLeft()));
        } finally {
            if (!(step instanceof Step.Go)) leave(candidate);
        }
        return step;
    }

    private Step step(Candidate candidate, Prepared prepared) {
        return switch (prepared) {
            case Prepared.Ready(var attempt, var saves) -> {
                if (!savesElsewhere(candidate, saves)) yield new Step.Go(attempt);
                preparing.giveUp(attempt);
                turnToCheaper();
                yield new Step.Choose();
            }
            case Prepared.RuledOut(var why, var detail, var again) -> {
                choosing.ruleOut(candidate.deployment(), new Choosing.Nobody(why, detail, again));
                if (why == Why.BUDGET) cheaper.ifPresent(choosing::ahead);
                yield new Step.Choose();
            }
            case Prepared.Refused(var why, var detail, var again) ->
                new Step.Done(notAnswered(new Choosing.Nobody(why, detail, again)));
        };
    }

    private static void leave(Candidate candidate) {
        candidate.station().breaker().releasePermission();
        candidate.station().line.leave();
    }

    private boolean savesElsewhere(Candidate candidate, boolean saves) {
        if (!saves || cheaper.isEmpty()) return false;
        shared.thrift().on(question.payer().desk());
        return !usesCheaper && !cheaper.get().equals(candidate.deployment().key());
    }

    private void turnToCheaper() {
        usesCheaper = true;
        cheaper.ifPresent(choosing::ahead);
    }

    private Watch.Decided watch(Attempt attempt) throws InterruptedException {
        start(attempt);
        var watch = new Watch(tempo, news, text, deadlines, this::ended);
        var done = false;
        try {
            var decided = watch.decide(attempt, secondAt(attempt), () -> second(attempt));
            done = true;
            return decided;
        } finally {
            if (!done) watch.abandon();
        }
    }

    private void start(Attempt attempt) {
        attempts++;
        shared.hedges().called();
        all.onRequest(attempt.stop::request);
        attempt.start(parts.guard(), news, System.nanoTime());
    }

    // A second call

    private long secondAt(Attempt attempt) {
        if (!rules.hedge().on() || question.purpose() != Purpose.ANSWER || !question.stream()) {
            return deadlines.end();
        }
        var usual = attempt.station().firstContents.most();
        var delay = usual.compareTo(tempo.hedge()) > 0 ? usual : tempo.hedge();
        return System.nanoTime() + delay.toNanos();
    }

    private Optional<Attempt> second(Attempt first) {
        if (attempts >= rules.retries().attempts() || shared.stations().anyRests()) return Optional.empty();
        var candidate = choosing.now(
                other -> !other.instance().equals(first.deployment().instance())
                        && shared.stations().of(other).isHealthy());
        if (candidate.isEmpty()) return Optional.empty();
        if (!shared.hedges().permits(rules.hedge())) {
            leave(candidate.get());
            return Optional.empty();
        }
        var prepared = preparing.prepare(candidate.get(), Optional.empty(), timeLeft());
        if (prepared instanceof Prepared.Ready(var attempt, var _)) {
            start(attempt);
            parts.metrics().hedged(attempt.deployment());
            return Optional.of(attempt);
        }
        leave(candidate.get());
        return Optional.empty();
    }

    // What became of a call

    private void ended(Attempt attempt, Watch.Ending ending) {
        var now = System.nanoTime();
        var station = attempt.station();
        var fate = ending.fate();
        switch (fate.kind()) {
            case ANSWERED -> {
                station.worked(attempt.firstContent());
                attempt.repeats.ifPresent(Station::repeatWorked);
            }
            case AGAIN -> station.failed(attempt.took(now));
            case LATER, OFF, TOO_LONG, WITHHELD, REFUSED, CALLED_OFF, OUT_OF_TIME, GONE ->
                station.breaker().releasePermission();
        }
        usage = books.ended(attempt, fate, ending.said(), now);
        if (fate.word().equals("outrun")) books.lastCost().thenAccept(shared.hedges()::lost);
        parts.metrics().ended(attempt, fate, usage, now);
        parts.witness().ended(attempt.id, attempt.request, Books.text(attempt, ending.said()));
    }

    private Next conclude(Watch.Decided decided) throws InterruptedException {
        var attempt = decided.attempt();
        var deployment = attempt.deployment();
        var fate = decided.fate();
        last = new Choosing.Nobody(Why.FAILED, detail(deployment.key(), fate));
        return switch (fate.kind()) {
            case ANSWERED -> done(answered(attempt, fate));
            case CALLED_OFF -> done(new ModelOutcome.Cancelled(text.text(), used(Optional.of(attempt))));
            case WITHHELD -> done(new ModelOutcome.Withheld(used(Optional.of(attempt))));
            case TOO_LONG -> {
                parts.estimate().tooLong(deployment.model());
                yield done(text.isShown() ? partial(attempt) : new ModelOutcome.TooLong(used(Optional.of(attempt))));
            }
            case REFUSED -> done(text.isShown() ? partial(attempt) : notAnswered(Why.FAILED, last.detail()));
            case OUT_OF_TIME -> done(text.isShown() ? partial(attempt) : notAnswered(Why.DEADLINE, last.detail()));
            case AGAIN, LATER, OFF, GONE -> text.isShown() ? done(partial(attempt)) : again(attempt, fate);
        };
    }

    private static Next done(ModelOutcome outcome) {
        return new Next.Done(outcome);
    }

    private static String detail(String key, Fate fate) {
        return key + ": " + fate.word() + (fate.detail().isEmpty() ? "" : " (" + fate.detail() + ")");
    }

    /** Nothing was shown: another call may be made, if there is one left. */
    private Next again(Attempt attempt, Fate fate) throws InterruptedException {
        text.drop();
        var deployment = attempt.deployment();
        var station = attempt.station();
        choosing.failed(deployment);
        if (fate.kind() == Fate.Kind.GONE) {
            attempts--;
            if (++gone >= MOST_GONE) choosing.ruleOut(deployment, Why.BUSY, last.detail());
            return new Next.On(attempt.repeats);
        }
        fate.off().ifPresent(reason -> {
            choosing.ruleOut(deployment, Why.FAILED, last.detail());
            if (isCurrent(attempt)) parts.keeper().off(deployment, reason);
        });
        if (attempts >= rules.retries().attempts()) {
            return done(notAnswered(new Choosing.Nobody(Why.FAILED, last.detail(), wished(fate))));
        }
        if (fate.kind() == Fate.Kind.OFF) return new Next.On(attempt.repeats);
        if (fate.kind() == Fate.Kind.LATER && fate.pause().compareTo(tempo.longestWait()) > 0) {
            station.cool(fate.pause());
            return new Next.On(attempt.repeats);
        }
        if (!station.mayRepeat(rules.retries().percent())) {
            return done(notAnswered(new Choosing.Nobody(Why.FAILED, last.detail(), wished(fate))));
        }
        var wait = pause(fate, choosing.hasOther(deployment));
        if (fate.kind() == Fate.Kind.LATER) station.cool(wait);
        if (wait.compareTo(timeLeft()) >= 0) return done(notAnswered(Why.DEADLINE, last.detail()));
        pause(wait);
        return new Next.On(Optional.of(station));
    }

    /** The pause that whoever was asked last wished for. */
    private static Optional<Duration> wished(Fate fate) {
        return fate.kind() == Fate.Kind.LATER && fate.pause().isPositive()
                ? Optional.of(fate.pause())
                : Optional.empty();
    }

    private Duration pause(Fate fate, boolean elsewhere) {
        if (fate.kind() == Fate.Kind.LATER && fate.pause().isPositive()) return fate.pause();
        if (fate.kind() == Fate.Kind.AGAIN && elsewhere) return Duration.ZERO;
        var most = Math.min(tempo.longestBackoff().toNanos(), tempo.backoff().toNanos() << Math.max(0, attempts - 1));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
    }

    /** Waits, unless the question is called off meanwhile. */
    private void pause(Duration wait) throws InterruptedException {
        var until = System.nanoTime() + wait.toNanos();
        while (!cancel.isRequested()) {
            var left = until - System.nanoTime();
            if (left <= 0) return;
            var _ = news.next(left);
        }
    }

    /** Whether what it was asked with is still what serves, so that its refusal says something of it. */
    private boolean isCurrent(Attempt attempt) {
        return parts.contributions()
                .now()
                .aiProvider(attempt.deployment().instance())
                .filter(slot -> slot == attempt.slot())
                .isPresent();
    }

    // Outcomes

    private ModelOutcome answered(Attempt attempt, Fate fate) {
        var answer = fate.answer().orElseThrow();
        text.end(answer.text());
        if (question.stream()) sink.usage(usage);
        return new ModelOutcome.Answered(answer.text(), answer.finish(), used(Optional.of(attempt)));
    }

    private ModelOutcome partial(Attempt attempt) {
        return new ModelOutcome.Partial(text.text(), used(Optional.of(attempt)));
    }

    private ModelOutcome nobody() {
        return notAnswered(
                attempts > 0 ? new Choosing.Nobody(Why.FAILED, last.detail(), choosing.again()) : choosing.nobody());
    }

    private ModelOutcome notAnswered(Why why, String detail) {
        return notAnswered(new Choosing.Nobody(why, detail));
    }

    private ModelOutcome notAnswered(Choosing.Nobody nobody) {
        return new ModelOutcome.NotAnswered(nobody.why(), nobody.detail(), nobody.again(), used(Optional.empty()));
    }

    /** Says what was used; what it cost is known, as a rule, before it is in the books. */
    private Used used(Optional<Attempt> answering) {
        var cost = books.total();
        shared.hedges().spent(cost);
        return new Used(
                answering.map(one -> one.deployment().key()).orElse(""),
                answering.map(one -> one.deployment().model()).orElse(""),
                answering.map(one -> one.at.first() && !usesCheaper).orElse(false),
                answering.isPresent() ? usage : Usage.UNKNOWN,
                cost,
                attempts,
                answering.map(Attempt::firstContent).orElse(Duration.ZERO),
                Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private Duration timeLeft() {
        var until = question.stream() && deadlines.firstText() - deadlines.end() < 0
                ? deadlines.firstText()
                : deadlines.end();
        return Duration.ofNanos(until - System.nanoTime());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
