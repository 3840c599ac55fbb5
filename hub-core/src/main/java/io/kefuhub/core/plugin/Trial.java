package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A candidate beside the serving instance of its name: another generation of a filter or a responder, usually of a newer
 * version of its plugin. Its numbers are looked at while it runs, and when they break a limit it is taken back: from
 * then on it is neither asked nor believed, and the listener is told, once. Safe for threads.
 *
 * <p>Mode and limits never change; a trial with others ({@link #with}) has the same candidate and the same fate.
 */
public final class Trial<T extends AutoCloseable> {
    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    /** A look at the numbers costs a few microseconds, so not every call has one. */
    private static final int CALLS_FOR_A_LOOK = 16;

    private final Slot<T> candidate;
    private final TrialMode mode;
    private final TrialLimits limits;
    private final Comparison comparison;
    private final Fate fate;

    /**
     * What both sides are asked.
     *
     * @param stage of a filter; empty for a responder
     */
    public record Question(String conversation, String stage) {}

    /** What becomes of the candidate, whatever changes about its trial. */
    private static final class Fate {
        final AtomicInteger calls = new AtomicInteger();
        final Consumer<TakeBack> listener;
        volatile Standing standing = Standing.RUNNING;

        Fate(Consumer<TakeBack> listener) {
            this.listener = listener;
        }

        /** Says whether it stood so, and now stands otherwise. */
        synchronized boolean move(Standing from, Standing to) {
            if (standing != from) return false;
            standing = to;
            return true;
        }
    }

    /**
     * @param settled it was promoted or ended: no verdict falls any more
     */
    private record Standing(boolean settled, Optional<TakeBack> verdict) {
        static final Standing RUNNING = new Standing(false, Optional.empty());
        static final Standing SETTLED = new Standing(true, Optional.empty());
    }

    private Trial(Slot<T> candidate, TrialMode mode, TrialLimits limits, Comparison comparison, Fate fate) {
        this.candidate = candidate;
        this.mode = mode;
        this.limits = limits;
        this.comparison = comparison;
        this.fate = fate;
    }

    /**
     * @param candidate made and checked; a filter has been asked for its stages
     * @param listener told at most once, on a thread of its own
     */
    public static <T extends AutoCloseable> Trial<T> of(
            Slot<T> candidate, TrialMode mode, TrialLimits limits, InstantSource clock, Consumer<TakeBack> listener) {
        if (candidate.kind() != Kind.FILTER && candidate.kind() != Kind.RESPONDER) {
            throw new IllegalArgumentException("no trial of a " + candidate.kind());
        }
        return new Trial<>(candidate, mode, limits, new Comparison(clock), new Fate(listener));
    }

    /** Returns this trial under other terms. Numbers are kept, unless a shadow becomes a canary or the reverse. */
    public Trial<T> with(TrialMode otherMode, TrialLimits otherLimits) {
        var same = otherMode.getClass() == mode.getClass();
        return new Trial<>(candidate, otherMode, otherLimits, same ? comparison : comparison.anew(), fate);
    }

    /** Returns this trial beside another serving instance, for which nothing has been counted. */
    Trial<T> besideAnother() {
        return new Trial<>(candidate, mode, limits, comparison.anew(), fate);
    }

    public Slot<T> candidate() {
        return candidate;
    }

    public TrialMode mode() {
        return mode;
    }

    public TrialLimits limits() {
        return limits;
    }

    public TrialReport report() {
        return comparison.now();
    }

    /** Returns why the candidate was taken back, if it was. */
    public Optional<TakeBack> takenBack() {
        return fate.standing.verdict();
    }

    /** Whether the candidate's answer counts in a conversation. */
    public boolean takes(String conversation) {
        return mode instanceof TrialMode.Canary canary && canary.takes(conversation, candidate.instance()) && !isOver();
    }

    /** Whether the candidate is asked beside the serving one. */
    public boolean shadows() {
        return mode instanceof TrialMode.Shadow && !isOver();
    }

    private boolean isOver() {
        return takenBack().isPresent();
    }

    boolean isRunning() {
        return fate.standing == Standing.RUNNING;
    }

    // What callers tell of their calls

    /** The serving one was asked because it is its turn, not because the candidate failed. */
    public void served(Asked<Outcome> asked) {
        if (!isRunning()) return;
        comparison.served(asked);
        look(false);
    }

    /** The canary was asked; when it has no answer, the serving one stands in. */
    public void tried(Asked<Outcome> asked) {
        if (!isRunning()) return;
        comparison.tried(asked);
        var failed = !(asked instanceof Asked.Answered<Outcome>);
        if (failed) comparison.fellBack();
        look(failed);
    }

    /** The shadow was asked what the serving one had been asked. */
    public void compared(Question question, Asked<Outcome> served, Asked<Outcome> tried) {
        if (!isRunning()) return;
        comparison.tried(tried);
        comparison.compare(question, served, tried);
        look(!(tried instanceof Asked.Answered<Outcome>));
    }

    /** The shadow was not asked, because too many are. */
    public void dropped() {
        if (isRunning()) comparison.dropped();
    }

    // Its end

    private void look(boolean failed) {
        var due = fate.calls.incrementAndGet() % CALLS_FOR_A_LOOK == 0;
        if (!failed && !due) return;
        var report = comparison.now();
        var finding = candidate.isResting() ? Optional.of(TrialLimits.rests(report)) : limits.exceeded(report);
        finding.ifPresent(found -> takeBack(found.cause(), found.reason()));
    }

    private void takeBack(TakeBack.Cause cause, Words reason) {
        var verdict = new TakeBack(
                candidate.kind(), candidate.instance(), candidate.plugin(), candidate.generation(), cause, reason);
        if (!fate.move(Standing.RUNNING, new Standing(false, Optional.of(verdict)))) return;
        candidate.callee().bar();
        Thread.ofVirtual().name("take-back-" + candidate.instance()).start(() -> tell(verdict));
    }

    /** The listener writes to the database; no message waits for that. */
    private void tell(TakeBack verdict) {
        LOG.warn("{} is taken back: {}", candidate, verdict.reason().en());
        try {
            fate.listener.accept(verdict);
        } catch (RuntimeException e) {
            LOG.error("Taking {} back failed", candidate, e);
        }
    }

    /** Lets no verdict fall any more; says whether none has. */
    boolean settle() {
        fate.move(Standing.RUNNING, Standing.SETTLED);
        return !isOver();
    }

    /** Takes {@link #settle} back. */
    void unsettle() {
        fate.move(Standing.SETTLED, Standing.RUNNING);
    }

    @Override
    public String toString() {
        return "trial of " + candidate;
    }
}
