package io.kefuhub.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A customer on the web who asks once, and notes when anything of an answer is seen and how many come. Safe for threads. */
public final class Onlooker implements AutoCloseable {
    private static final String TYPING = "{\"t\":\"typing\"";
    private static final List<String> SIGNS = List.of(TYPING, "{\"t\":\"working\"", "{\"t\":\"draft\"");

    private final RawSocket socket;
    private final Wire wire = new JsonWire();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean stored;
    private volatile boolean ended;
    private volatile long asked;
    private volatile long storedAt;
    private volatile long seenAt;
    private volatile long typingAt;

    private Onlooker(RawSocket socket) {
        this.socket = socket;
    }

    /** A new customer who has said hello. */
    public static Onlooker enter(Visitors visitors) throws IOException {
        var wire = new JsonWire();
        var onlooker = new Onlooker(visitors.connect(wire));
        onlooker.socket.send(wire.hello("", 0), false);
        Thread.ofVirtual().start(onlooker::listen);
        return onlooker;
    }

    private void listen() {
        try {
            while (true) hear(socket.read());
        } catch (IOException e) {
            ended = true;
        }
    }

    private void hear(byte[] frame) throws IOException {
        var text = new String(frame, StandardCharsets.UTF_8);
        if (typingAt == 0 && text.startsWith(TYPING)) typingAt = System.nanoTime();
        if (SIGNS.stream().anyMatch(text::startsWith)) see();
        switch (wire.read(frame)) {
            case Wire.Seen.Stored() -> {
                storedAt = System.nanoTime();
                stored = true;
            }
            case Wire.Seen.Event(var _, var answer, var _)
            when answer -> {
                see();
                answers.incrementAndGet();
            }
            case Wire.Seen.Ping() -> socket.send(wire.pong(), false);
            case Wire.Seen.Event _, Wire.Seen.Welcome _, Wire.Seen.Refused _, Wire.Seen.Other _ -> {}
        }
    }

    private void see() {
        if (seenAt == 0) seenAt = System.nanoTime();
    }

    public void ask(String question) throws IOException {
        asked = System.nanoTime();
        socket.send(wire.question("asked", question), false);
    }

    /** How long it took until the hub had the question. */
    public Optional<Duration> acknowledged() {
        return stored ? Optional.of(Duration.ofNanos(storedAt - asked)) : Optional.empty();
    }

    /** How long it took until anything was seen. */
    public Optional<Duration> seen() {
        return seenAt == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(seenAt - asked));
    }

    /** How long it took until somebody was seen typing. */
    public Optional<Duration> typing() {
        return typingAt == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(typingAt - asked));
    }

    public int answers() {
        if (ended) throw new IllegalStateException("the customer lost the hub");
        return answers.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
