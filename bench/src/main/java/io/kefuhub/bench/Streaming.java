package io.kefuhub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody whose network lets no socket through: posts his questions one at a time, and hears the answers on one stream of
 * events, which must never end.
 */
public final class Streaming implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final long PAUSE = 200_000_000;

    private final Visitors visitors;
    private final Visitors.Session session;
    private final InputStream stream;
    private final Wire wire = new JsonWire();
    private final Semaphore answered = new Semaphore(0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread listener;
    private final Thread asker;
    private volatile boolean asking = true;
    private volatile boolean ending;
    private volatile long answers;
    private long seq;

    public Streaming(Visitors visitors) throws IOException {
        this.visitors = visitors;
        session = visitors.session();
        stream = visitors.stream(session);
        listener = Thread.ofVirtual().start(() -> watched(this::listen));
        asker = Thread.ofVirtual().start(() -> watched(this::ask));
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void watched(Task task) {
        try {
            task.run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (!ending) failure.compareAndSet(null, e);
        }
    }

    private void ask() throws IOException, InterruptedException {
        for (var number = 0; asking; number++) {
            visitors.post(session, "s-" + number, Questions.ALL.get(number % Questions.ALL.size()));
            if (!answered.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("an answer did not come over the stream");
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void listen() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) hear(wire.read(line.substring(6).getBytes(UTF_8)));
        }
        throw new IllegalStateException("the hub ended a stream");
    }

    private void hear(Wire.Seen seen) {
        if (!(seen instanceof Wire.Seen.Event(var number, var answer, var _))) return;
        if (number != seq + 1) throw new IllegalStateException("event " + number + " came after " + seq);
        seq = number;
        if (!answer) return;
        answers++;
        answered.release();
    }

    /** Asks no more; returns when the last question is answered. */
    public void finish() {
        asking = false;
        try {
            asker.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throwFailure();
    }

    public void throwFailure() {
        var failed = failure.get();
        if (failed != null) throw new IllegalStateException("a stream failed: " + failed.getMessage(), failed);
    }

    /** Whether the stream is still the one it began with. */
    public boolean isOpen() {
        return listener.isAlive();
    }

    /** Questions that were asked, each of which was answered once {@link #finish} has returned. */
    public long answers() {
        return answers;
    }

    @Override
    public void close() throws IOException {
        ending = true;
        asking = false;
        stream.close();
    }
}
