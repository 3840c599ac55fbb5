package io.kefuhub.core.models.routing;

import io.kefuhub.core.waiting.Waiting;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the calls of a question tell the thread that watches them, in its order. Told by any thread, read by one. */
final class Mailbox {
    private final ConcurrentLinkedDeque<News> told = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Thread waiting;

    void tell(News one) {
        told.addLast(one);
        var reader = waiting;
        if (reader != null) LockSupport.unpark(reader);
    }

    /** Puts back what was read; it is read again next. By the thread that reads. */
    void putBack(News one) {
        told.addFirst(one);
    }

    /** What is there; null if nothing is. */
    @Nullable
    News next() {
        return told.pollFirst();
    }

    /** What comes within the time, which may be taken a little longer; null if nothing does. */
    @Nullable
    News next(long nanos) throws InterruptedException {
        var until = System.nanoTime() + nanos;
        waiting = Thread.currentThread();
        try {
            while (true) {
                if (Thread.interrupted()) throw new InterruptedException();
                var one = told.pollFirst();
                var left = until - System.nanoTime();
                if (one != null || left <= 0) return one;
                Waiting.park(this, left);
            }
        } finally {
            waiting = null;
        }
    }
}
