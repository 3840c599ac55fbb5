package io.kefuhub.core.plugin;

import io.kefuhub.core.waiting.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A row of questions asked on one thread of the pool, such as a message's whole chain of filters: one hop for all.
 *
 * <p>When a question is late, its thread is given up and the walk begins again on another one, where the questions that
 * were answered are answered from memory and the late one is {@link Asked.Late}. So the body may run several times and
 * must do nothing but ask and compute.
 */
final class Walk<T> {
    /** How late a deadline may be noticed that is shorter than the one before it. */
    private static final long LOOK = 20_000_000;

    /** A thread on which one question takes longer than this is made up for, so that other walks go on. */
    private static final long SLOW = 50_000_000;

    private final ComputePool pool;
    private final Calls calls;
    private final Supplier<T> body;
    private final Thread asker = Thread.currentThread();

    Walk(ComputePool pool, Calls calls, Supplier<T> body) {
        this.pool = pool;
        this.calls = calls;
        this.body = body;
    }

    T run() {
        var interrupted = false;
        var attempt = new Attempt(List.of());
        pool.run(attempt);
        while (!attempt.done) {
            var step = attempt.step;
            var now = System.nanoTime();
            if (step != null && now - step.deadlineAt >= 0 && step.giveUp()) {
                attempt = new Attempt(
                        attempt.answersAnd(calls.judge(step.callee, new Asked.Late<>(now - step.startedAt))));
                pool.lost();
                pool.run(attempt);
                step.confine();
                continue;
            }
            if (step != null && now - step.startedAt >= SLOW && step.isMadeUpFor()) pool.lost();
            var pause = step == null ? LOOK : Math.min(LOOK, step.deadlineAt - now);
            Waiting.park(this, Math.max(50_000, pause));
            interrupted |= Thread.interrupted();
        }
        if (interrupted) asker.interrupt();
        return attempt.result();
    }

    /** One run of the body on one thread of the pool. */
    final class Attempt {
        private final List<Asked<?>> answers;
        private int next;
        private @Nullable T value;
        private @Nullable Throwable defect;
        private volatile @Nullable Step step;
        private volatile boolean done;

        Attempt(List<Asked<?>> answers) {
            this.answers = new ArrayList<>(answers);
        }

        /** Read by the asker after it gave up the step under way, after which nothing is added here. */
        private List<Asked<?>> answersAnd(Asked<?> late) {
            var all = new ArrayList<>(answers);
            all.add(late);
            return all;
        }

        /** A body that threw has a defect of the hub's own, which belongs to the asker. */
        void work() {
            try {
                value = body.get();
            } catch (GivenUp _) {
                pool.found();
                return;
            } catch (RuntimeException | Error e) {
                defect = e;
            }
            done = true;
            LockSupport.unpark(asker);
        }

        @SuppressWarnings("unchecked")
        <R> Asked<R> ask(Callee callee, Question<R> question) {
            if (next < answers.size()) return (Asked<R>) answers.get(next++);
            var asked = callee.isHub() ? calls.here(callee, question) : enterAndAsk(callee, question);
            answers.add(asked);
            next++;
            return asked;
        }

        private <R> Asked<R> enterAndAsk(Callee callee, Question<R> question) {
            var refusal = Calls.<R>enter(callee, Callee.MOST_COMPUTING);
            if (refusal.isPresent()) return refusal.get();
            var current = new Step(callee, Thread.currentThread(), calls.confinement(), System.nanoTime());
            step = current;
            try {
                current.begin();
                var asked = Calls.inside(callee, question);
                if (!current.end()) throw new GivenUp();
                step = null;
                return calls.judge(callee, asked);
            } finally {
                if (current.returns()) pool.found();
                callee.leave();
            }
        }

        @SuppressWarnings("NullAway") // a body may answer null if its asker's type says so
        private T result() {
            if (defect instanceof RuntimeException e) throw e;
            if (defect instanceof Error e) throw e;
            return value;
        }
    }

    /** Ends a run nobody waits for. */
    private static final class GivenUp extends Error {
        private static final long serialVersionUID = 1L;

        GivenUp() {
            super("given up", null, false, false);
        }
    }
}
