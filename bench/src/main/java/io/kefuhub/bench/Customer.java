package io.kefuhub.bench;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Somebody who asks one question at a time and waits for its answer, and notices when anything is missing, doubled or out
 * of order. One thread reads; whoever knows that no question is open may ask.
 */
final class Customer implements AutoCloseable {
    private final RawSocket socket;
    private final Wire wire;
    private final Consumer<Answered> listener;
    private final String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private long seq;
    private volatile long began;
    private volatile boolean open;
    private volatile boolean ending;
    private volatile long asked;
    private volatile long answers;

    /** An answer came so long after the moment at which its question was due. */
    record Answered(Customer customer, long nanos) {}

    Customer(RawSocket socket, Wire wire, Consumer<Answered> listener) {
        this.socket = socket;
        this.wire = wire;
        this.listener = listener;
    }

    void hello() throws IOException {
        socket.send(wire.hello("", 0), wire.binary());
        while (!(wire.read(socket.read()) instanceof Wire.Seen.Welcome)) {}
    }

    /**
     * Asks.
     *
     * @param due when the question should have been asked, in {@link System#nanoTime()}
     */
    void ask(String question, long due) {
        began = due;
        open = true;
        asked++;
        try {
            socket.send(wire.question(name + "-" + asked, question), wire.binary());
        } catch (IOException e) {
            throw new IllegalStateException("a question could not be asked", e);
        }
    }

    /** Reads until the connection ends. */
    void listen() {
        try {
            while (true) hear(wire.read(socket.read()));
        } catch (IOException e) {
            if (!ending) throw new IllegalStateException("a customer lost the hub", e);
        }
    }

    private void hear(Wire.Seen seen) throws IOException {
        switch (seen) {
            case Wire.Seen.Event(var number, var answer, var menu) -> {
                if (number != seq + 1) throw new IllegalStateException("event " + number + " came after " + seq);
                seq = number;
                if (answer) answered(menu);
            }
            case Wire.Seen.Ping() -> socket.send(wire.pong(), wire.binary());
            case Wire.Seen.Refused(var reason) -> throw new IllegalStateException("the hub refused: " + reason);
            case Wire.Seen.Welcome(), Wire.Seen.Stored(), Wire.Seen.Other() -> {}
        }
    }

    private void answered(boolean menu) {
        if (!open) throw new IllegalStateException("an answer nobody asked for, or a second one");
        if (menu) throw new IllegalStateException("a menu came where an answer was expected");
        open = false;
        answers++;
        listener.accept(new Answered(this, System.nanoTime() - began));
    }

    boolean isWaiting() {
        return open;
    }

    long asked() {
        return asked;
    }

    long answers() {
        return answers;
    }

    @Override
    public void close() {
        ending = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
