package io.kefuhub.core.plugin;

import io.kefuhub.core.database.DatabaseAwayException;
import java.util.Optional;

/**
 * The ways into foreign code. The hub's own runs on the caller's thread whatever the way, without deadline or breaker.
 * Safe for threads.
 */
final class Calls implements AutoCloseable {
    private static final Reason.Known BARRED = Reason.Code.TAKEN_BACK.known("");

    private final Alarm alarm;
    private final Watchdog watchdog = new Watchdog();
    private final Confinement confinement = new Confinement();
    private final ComputePool pool;

    Calls(Alarm alarm, int computeThreads) {
        this.alarm = alarm;
        this.pool = new ComputePool(this, computeThreads);
    }

    ComputePool pool() {
        return pool;
    }

    /** Of the calls that were given up. */
    Confinement confinement() {
        return confinement;
    }

    /**
     * Asks on the caller's thread; lateness is noted and nothing more. For what the outside asks as often as it likes:
     * the caller who brings a plugin to fail must not close it for others, so no breaker counts here.
     */
    <T> Asked<T> here(Callee callee, Question<T> question) {
        if (!callee.gate.enter()) return closed();
        try {
            if (callee.isHub()) return count(callee, inside(callee, question));
            if (callee.spins()) return new Asked.Unavailable<>(Reason.Code.STUCK.known(callee.stuck()));
            var watched = watchdog.watch(callee);
            try {
                return count(callee, inside(callee, question));
            } finally {
                watchdog.forget(watched);
            }
        } finally {
            callee.gate.leave();
        }
    }

    /** Asks something that waits for the network: on a virtual thread, given up at the deadline. */
    <T> Asked<T> waiting(Callee callee, Question<T> question) {
        if (callee.isHub()) return here(callee, question);
        return hop(callee, Thread.ofVirtual(), question);
    }

    /** Asks something that is rare and may do anything: on a platform thread of its own, given up at the deadline. */
    <T> Asked<T> apart(Callee callee, Question<T> question) {
        if (callee.isHub()) return here(callee, question);
        return hop(callee, Thread.ofPlatform().daemon(), question);
    }

    private <T> Asked<T> hop(Callee callee, Thread.Builder threads, Question<T> question) {
        var refusal = Calls.<T>enter(callee, Callee.MOST_WAITING);
        if (refusal.isPresent()) return refusal.get();
        var asked = new Hop<>(callee, question, confinement).run(threads.name("ask-" + callee.name));
        return judge(callee, asked);
    }

    /** Asks something that computes: on the pool, as a part of the walk the caller is on, if it is on one. */
    <T> Asked<T> computing(Callee callee, Question<T> question) {
        var walk = ComputePool.current();
        if (walk.isPresent()) return walk.get().ask(callee, question);
        if (callee.isHub()) return here(callee, question);
        return pool.walk(() -> computing(callee, question));
    }

    /** Stays in foreign code for as long as it likes; interrupted when it is closed. */
    <T> Asked<T> staying(Callee callee, Question<T> question) {
        if (!callee.gate.enterToStay()) return closed();
        try {
            return count(callee, inside(callee, question));
        } finally {
            callee.gate.leaveFromStay();
        }
    }

    /** Runs the last call of all, on a thread of its own. */
    <T> Asked<T> last(Callee callee, Question<T> question) {
        if (callee.isHub()) return inside(callee, question);
        callee.enterLast();
        return new Hop<>(callee, question, confinement)
                .run(Thread.ofPlatform().daemon().name("close-" + callee.name));
    }

    /**
     * Lets a caller in, who must leave by {@link Callee#leave}, or says why not.
     *
     * @param most callers at once
     */
    static <T> Optional<Asked<T>> enter(Callee callee, int most) {
        if (!callee.gate.enter()) return Optional.of(closed());
        if (!callee.admit(most)) {
            callee.gate.leave();
            return Optional.of(new Asked.Unavailable<>(Reason.Code.FULL.known(most)));
        }
        var refusal = refusal(callee);
        if (refusal.isPresent()) callee.leave();
        return refusal.map(Asked.Unavailable::new);
    }

    private static Optional<Reason.Known> refusal(Callee callee) {
        if (callee.isBarred()) return Optional.of(BARRED);
        if (callee.isStuck()) return Optional.of(Reason.Code.STUCK.known(callee.stuck()));
        if (Rehearsal.isOn()) return refusalToRehearse(callee);
        return callee.breaker.lets() ? Optional.empty() : Optional.of(Reason.Code.RESTS.known(""));
    }

    /** Nobody who tries something out takes the one call after a rest, or the last threads, from messages. */
    private static Optional<Reason.Known> refusalToRehearse(Callee callee) {
        if (callee.stuck() > 0) return Optional.of(Reason.Code.STUCK.known(callee.stuck()));
        return callee.breaker.isOpen() ? Optional.of(Reason.Code.RESTS.known("")) : Optional.empty();
    }

    /** Counts an answer, and tells breaker and alarm of it; returns what may be believed of it. */
    <T> Asked<T> judge(Callee callee, Asked<T> asked) {
        if (Rehearsal.isOn()) return asked;
        count(callee, asked);
        if (asked instanceof Asked.Answered<T>) {
            callee.breaker.succeeded();
        } else if (callee.breaker.failed()) {
            callee.complain("rests after repeated failures, the last: " + asked.problem());
            alarm.rests(callee.name, callee.plugin, asked.problem(), callee.breaker.rests());
        }
        return callee.isBarred() ? new Asked.Unavailable<>(BARRED) : asked;
    }

    private static <T> Asked<T> count(Callee callee, Asked<T> asked) {
        if (Rehearsal.isOn()) return asked;
        switch (asked) {
            case Asked.Answered<T>(var _, var nanos) -> callee.counters.answered(nanos);
            case Asked.Failed<T>(var _, var nanos) -> callee.counters.failed(nanos);
            case Asked.Late<T>(var nanos) -> callee.counters.late(nanos);
            case Asked.Unavailable<T> _ -> {}
        }
        return asked;
    }

    private static <T> Asked<T> closed() {
        return new Asked.Unavailable<>(Reason.Code.CLOSED.known(""));
    }

    /** Runs foreign code on this thread, whatever it does. */
    static <T> Asked<T> inside(Callee callee, Question<T> question) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        var start = System.nanoTime();
        try {
            if (!callee.isHub()) thread.setContextClassLoader(callee.plugin.loader());
            var answer = question.ask();
            var took = System.nanoTime() - start;
            return answer == null ? new Asked.Failed<>("answered null", took) : new Asked.Answered<>(answer, took);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) thread.interrupt();
            if (!isExpected(callee, e) && !Rehearsal.isOn()) callee.complain("threw", e);
            return new Asked.Failed<>(describe(e), System.nanoTime() - start);
        } finally {
            if (!callee.isHub()) thread.setContextClassLoader(loader);
        }
    }

    /** Not the plugin's fault: the database is away, which its room tells of, or the plugin was to leave. */
    private static boolean isExpected(Callee callee, Throwable thrown) {
        return thrown instanceof DatabaseAwayException
                || (thrown instanceof InterruptedException && callee.gate.isClosed());
    }

    /** Even the message of an exception is foreign code. */
    static String describe(Throwable thrown) {
        var name = thrown.getClass().getSimpleName();
        try {
            var message = String.valueOf(thrown.getMessage());
            return name + ": " + message.substring(0, Math.min(300, message.length()));
        } catch (RuntimeException _) {
            return name;
        }
    }

    @Override
    public void close() {
        pool.close();
        watchdog.close();
    }
}
