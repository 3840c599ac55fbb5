package io.kefuhub.channel.feishu.socket;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One long connection from its opening to its end. Frames come on threads of the hub, one at a time; the thread that keeps
 * it sends pings and notices silence.
 */
final class Session implements Http.SocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int OK = 200;
    private static final int FAILED = 500;
    private static final int SILENT_PINGS = 3;
    private static final Duration LAST_WORK = Duration.ofSeconds(3);

    private final int service;
    private final LongConnection.Events events;
    private final Parts parts = new Parts(System::nanoTime);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Rhythm rhythm;
    private Http.@Nullable Socket socket;
    private long heard = System.nanoTime();
    private boolean closed;
    private boolean ending;
    private boolean busy;
    private String reason = "";

    Session(int service, Rhythm rhythm, LongConnection.Events events) {
        this.service = service;
        this.rhythm = rhythm;
        this.events = events;
    }

    /** Takes the socket; says whether it is open. */
    boolean opened(Http.Socket made) {
        lock.lock();
        try {
            socket = made;
            news.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the connection is gone or silent. */
    void keep() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                ping();
                var until = System.nanoTime() + rhythm.ping().toNanos();
                for (var left = until - System.nanoTime(); left > 0 && !closed; left = until - System.nanoTime()) {
                    var _ = news.awaitNanos(left);
                }
                if (!closed && System.nanoTime() - heard > rhythm.ping().toNanos() * SILENT_PINGS) {
                    reason = "the platform is silent";
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void ping() {
        if (socket != null && !socket.send(FrameCodec.write(Frame.ping(service)))) {
            reason = "nothing can be sent";
            closed = true;
        }
    }

    /** Takes no further event, lets the one that is being stored be answered, and closes. */
    void end() {
        Http.Socket last;
        var interrupted = Thread.interrupted();
        lock.lock();
        try {
            ending = true;
            var left = LAST_WORK.toNanos();
            while (busy && left > 0) left = news.awaitNanos(left);
        } catch (InterruptedException _) {
            interrupted = true;
        } finally {
            last = socket;
            lock.unlock();
        }
        if (last != null) last.close();
        if (interrupted) Thread.currentThread().interrupt();
    }

    Rhythm rhythm() {
        lock.lock();
        try {
            return rhythm;
        } finally {
            lock.unlock();
        }
    }

    String reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onText(String text) {
        // The platform speaks in bytes only.
    }

    @Override
    public void onBinary(byte[] bytes) {
        if (!begin()) return;
        try {
            var frame = FrameCodec.read(bytes);
            if (frame.isEmpty()) LOG.warn("A frame of the long connection cannot be read");
            else if (frame.get().method() == Frame.CONTROL) control(frame.get());
            else if (frame.get().method() == Frame.DATA) data(frame.get());
        } finally {
            over();
        }
    }

    /** Waits until the socket is known, which may be a moment after its first frame. */
    private boolean begin() {
        lock.lock();
        try {
            while (socket == null && !closed && !ending) news.await();
            if (closed || ending) return false;
            heard = System.nanoTime();
            busy = true;
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void over() {
        lock.lock();
        try {
            busy = false;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An answer to a ping may say how the connection is to be kept from now on. */
    private void control(Frame frame) {
        if (!frame.header("type").orElse("").equals("pong") || frame.payload().length == 0) return;
        Json.object(new String(frame.payload(), StandardCharsets.UTF_8)).ifPresent(config -> {
            lock.lock();
            try {
                rhythm = rhythm.with(config);
            } finally {
                lock.unlock();
            }
        });
    }

    private void data(Frame frame) {
        var begun = System.nanoTime();
        var whole = parts.add(frame);
        if (whole.isEmpty()) return;
        var outcome = taken(new String(whole.get(), StandardCharsets.UTF_8));
        var millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        answer(frame.answered(millis, payload(outcome)));
    }

    private LongConnection.Outcome taken(String json) {
        try {
            return events.take(json);
        } catch (RuntimeException e) {
            // The platform brings it again.
            LOG.warn("An event could not be taken", e);
            return new LongConnection.Outcome(false, "");
        }
    }

    private static byte[] payload(LongConnection.Outcome outcome) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", outcome.stored() ? OK : FAILED);
        if (!outcome.reply().isEmpty()) {
            tree.put("headers", JsonObject.EMPTY);
            tree.put("data", Base64.getEncoder().encodeToString(outcome.reply().getBytes(StandardCharsets.UTF_8)));
        }
        return Json.write(tree).getBytes(StandardCharsets.UTF_8);
    }

    private void answer(Frame frame) {
        Http.Socket open;
        lock.lock();
        try {
            open = socket;
        } finally {
            lock.unlock();
        }
        if (open != null && !open.send(FrameCodec.write(frame))) LOG.info("An answer came too late for its connection");
    }

    @Override
    public void onClosed(int code, String why) {
        lock.lock();
        try {
            closed = true;
            reason = code + " " + why;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
