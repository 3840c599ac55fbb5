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
    private final Confinement confinement;
    /** By the kernel's count. */
    private int kernelThread;

    private boolean ended;
    private boolean givenUp;
    private boolean confined;
    private boolean returned;
    private boolean madeUpFor;

    Step(Callee callee, Thread worker, Confinement confinement, long now) {
        this.callee = callee;
        this.worker = worker;
        this.confinement = confinement;
        this.startedAt = now;
        this.deadlineAt = now + callee.deadline.toNanos();
    }

    /** Its thread, which calls this, is about to go into foreign code. */
    synchronized void begin() {
        kernelThread = confinement.callingThread();
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

    /** Its thread, which calls this, is free again; says whether another one stood in for it. */
    synchronized boolean returns() {
        returned = true;
        if (confined) confinement.release();
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

    /** Nobody waits for it any more: until its thread is free again, it leaves half of the processors to the others. */
    synchronized void confine() {
        if (returned) return;
        confined = confinement.confine(kernelThread);
    }
}
