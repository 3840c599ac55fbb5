package io.kefuhub.core.plugin;

import io.kefuhub.core.waiting.Waiting;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One question on a thread of its own, for which its asker waits until the deadline. The asker is inside the gate. */
final class Hop<T> {
    private final Callee callee;
    private final Question<T> question;
    private final Confinement confinement;
    private volatile @Nullable Asked<T> asked;

    /** @param confinement of what is given up */
    Hop(Callee callee, Question<T> question, Confinement confinement) {
        this.callee = callee;
        this.question = question;
        this.confinement = confinement;
    }

    Asked<T> run(Thread.Builder threads) {
        var asker = Thread.currentThread();
        var started = new Step[1];
        var thread = threads.unstarted(Carried.along(() -> work(started[0], asker)));
        var step = new Step(callee, thread, confinement, System.nanoTime());
        started[0] = step;
        thread.start();
        return await(step);
    }

    private void work(Step step, Thread asker) {
        try {
            step.begin();
            var answer = Calls.inside(callee, question);
            if (step.end()) asked = answer;
        } finally {
            step.returns();
            callee.leave();
            LockSupport.unpark(asker);
        }
    }

    private Asked<T> await(Step step) {
        while (true) {
            var answer = asked;
            if (answer != null) return answer;
            var now = System.nanoTime();
            if (now - step.deadlineAt >= 0 && step.giveUp()) {
                step.confine();
                return new Asked.Late<>(now - step.startedAt);
            }
            if (Thread.currentThread().isInterrupted() && step.giveUp()) {
                step.confine();
                return new Asked.Failed<>("its asker was interrupted", now - step.startedAt);
            }
            Waiting.park(this, Math.max(50_000, step.deadlineAt - now));
        }
    }
}
