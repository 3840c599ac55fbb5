package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A web socket that a plugin opened, in memory, as its other side sees it: keeps what was sent and says what a test has
 * it say. Safe for threads; the plugin is called by whichever thread plays, one at a time.
 */
public final class FakeHttpSocket implements Http.Socket {
    private static final int DONE = 1000;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final URI address;
    private final Map<String, String> headers;
    private final Http.SocketListener listener;
    private final Object speaking = new Object();
    private final List<Object> frames = new ArrayList<>();
    private boolean open = true;

    FakeHttpSocket(URI address, Map<String, String> headers, Http.SocketListener listener) {
        this.address = address;
        this.headers = Map.copyOf(headers);
        this.listener = listener;
    }

    public URI address() {
        return address;
    }

    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public boolean send(String text) {
        return add(text);
    }

    @Override
    public boolean send(byte[] bytes) {
        return add(bytes.clone());
    }

    private synchronized boolean add(Object frame) {
        if (!open) return false;
        frames.add(frame);
        notifyAll();
        return true;
    }

    @Override
    public void close() {
        drop(DONE, "");
    }

    /** Says a text to the plugin; nothing once the socket is gone. */
    public void say(String text) {
        synchronized (speaking) {
            if (isOpen()) listener.onText(text);
        }
    }

    /** Says a binary frame to the plugin; nothing once the socket is gone. */
    public void say(byte[] bytes) {
        synchronized (speaking) {
            if (isOpen()) listener.onBinary(bytes.clone());
        }
    }

    /** The connection ends; the plugin is told once. */
    public void drop(int code, String reason) {
        synchronized (this) {
            if (!open) return;
            open = false;
            notifyAll();
        }
        listener.onClosed(code, reason);
    }

    public synchronized boolean isOpen() {
        return open;
    }

    public synchronized List<String> texts() {
        return frames.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    public synchronized List<byte[]> binaries() {
        return frames.stream()
                .filter(byte[].class::isInstance)
                .map(byte[].class::cast)
                .toList();
    }

    /** Waits until so many frames were sent, for at most 10 s. */
    public synchronized void awaitFrames(int count) throws InterruptedException {
        var end = System.nanoTime() + LONGEST_NANOS;
        while (frames.size() < count) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new AssertionError("waited for " + count + " frames, got " + frames.size());
            wait(left);
        }
    }
}
