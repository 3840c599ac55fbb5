package io.kefuhub.core.plugin;

/**
 * One call into foreign code on a thread that its asker does not depend on: it ends or it is given up, never both. Safe
 * for threads.
 */
final class Step {
    final Callee callee;
    final long startedAt;
    final long deadlineAt;
    private final Thread worker;
    private boolean ended;
    private boolean givenUp;
    private boolean returned;
    private boolean madeUpFor;

    Step(Callee callee, Thread worker, long now) {
        this.callee = callee;
        this.worker = worker;
        this.startedAt = now;
        this.deadlineAt = now + callee.deadline.toNanos();
    }

    /** Says whether anybody still waits for the answer; if not, the interrupt that came with giving up is taken back. */
    synchronized boolean end() {
        if (givenUp) {
            Thread.interrupted();
            callee.cameBack();
            return false;
        }
        ended = true;
        return true;
    }

    /** Says, once and while it is under way, that another thread is to stand in for its own. */
    synchronized boolean isMadeUpFor() {
        if (returned || madeUpFor) return false;
        madeUpFor = true;
        return true;
    }

    /** Its thread is free again; says whether another one stood in for it. */
    synchronized boolean returns() {
        returned = true;
        return madeUpFor;
    }

    /** Says whether there was something to give up; if so, its thread is interrupted. */
    synchronized boolean giveUp() {
        if (ended) return false;
        givenUp = true;
        callee.gaveUp();
        worker.interrupt();
        return true;
    }
}
