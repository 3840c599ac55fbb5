package io.kefuhub.api;

import java.time.Duration;

/** Threads and timers of one instance; all are ended when it closes. Safe for threads. */
public interface Tasks {
    /** Runs work that waits (for a network, a lock) on a thread of its own; a thrown exception is logged and counted. */
    Running run(String name, Runnable work);

    /** Runs short work once, after at least the delay. */
    Running after(Duration delay, Runnable work);

    /** Runs short work again and again, the pause counted from end to start. */
    Running every(Duration pause, Runnable work);

    /** Work that was asked for. */
    interface Running {
        /** Interrupts it, or forgets it when it has not begun; does nothing when it has ended. */
        void cancel();
    }
}
