package io.kefuhub.api.kit;

import io.kefuhub.api.web.LiveSocket;
import java.util.ArrayList;
import java.util.List;

/** A web socket in memory, which keeps what was sent. Safe for threads. */
public final class FakeSocket implements LiveSocket {
    private final List<Object> frames = new ArrayList<>();
    private boolean open = true;
    private int closeCode;

    @Override
    public synchronized void sendText(String text) {
        if (open) add(text);
    }

    @Override
    public synchronized void sendBinary(byte[] bytes) {
        if (open) add(bytes.clone());
    }

    private void add(Object frame) {
        frames.add(frame);
        notifyAll();
    }

    @Override
    public synchronized void close(int code, String reason) {
        if (!open) return;
        open = false;
        closeCode = code;
        notifyAll();
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    /** The code it was closed with; 0 while it is open. */
    public synchronized int closeCode() {
        return closeCode;
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
        var end = System.nanoTime() + 10_000_000_000L;
        while (frames.size() < count) {
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new AssertionError("waited for " + count + " frames, got " + frames.size());
            wait(left);
        }
    }

    /** Forgets what was sent so far. */
    public synchronized void clear() {
        frames.clear();
    }
}
