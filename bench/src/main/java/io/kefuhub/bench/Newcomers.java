package io.kefuhub.bench;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Somebody new every so often, who opens a session and a socket, asks one question, and goes when it is answered. */
public final class Newcomers implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Visitors visitors;
    private final long pause;
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong again = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean coming = true;

    /** @param perSecond how many come */
    public Newcomers(Visitors visitors, double perSecond) {
        this.visitors = visitors;
        pause = (long) (1e9 / perSecond);
        thread = Thread.ofVirtual().start(this::come);
    }

    private void come() {
        try {
            for (var number = 0; coming; number++) {
                visit(number % 2 == 0 ? new JsonWire() : new ProtoWire(), number);
                served.incrementAndGet();
                LockSupport.parkNanos(pause);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure.set(e);
        }
    }

    private void visit(Wire wire, int number) throws IOException, InterruptedException {
        var answered = new CountDownLatch(1);
        try (var customer = enter(wire, answered)) {
            var lost = new AtomicReference<RuntimeException>();
            Thread.ofVirtual().start(() -> {
                try {
                    customer.listen();
                } catch (RuntimeException e) {
                    lost.set(e);
                }
            });
            customer.ask(Questions.ALL.get(number % Questions.ALL.size()), System.nanoTime());
            if (!answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("somebody new was not answered", lost.get());
            }
        }
    }

    /** Begins anew, as a browser does, when the hub does not know any more that it let somebody in a moment ago. */
    private Customer enter(Wire wire, CountDownLatch answered) throws IOException {
        try {
            return visitors.enter(wire, _ -> answered.countDown());
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains(" 401")) throw e;
            again.incrementAndGet();
            return visitors.enter(wire, _ -> answered.countDown());
        }
    }

    /** Nobody comes any more; returns when the last one has gone. */
    public void finish() {
        coming = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throwFailure();
    }

    public void throwFailure() {
        var failed = failure.get();
        if (failed != null) throw new IllegalStateException("somebody new could not be served: " + failed, failed);
    }

    /** How many came, asked and were answered. */
    public long served() {
        return served.get();
    }

    /** How often somebody had to begin anew. */
    public long again() {
        return again.get();
    }

    @Override
    public void close() {
        coming = false;
    }
}
