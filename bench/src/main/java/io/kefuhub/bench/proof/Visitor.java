package io.kefuhub.bench.proof;

import io.kefuhub.bench.Event;
import io.kefuhub.bench.RawSocket;
import io.kefuhub.bench.Told;
import io.kefuhub.bench.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A customer whose browser keeps to the protocol: one session for ever, hello after the last event it has, and what was
 * not acknowledged is sent again under its own id, one after the other. Now and then he hangs up by himself.
 *
 * <p>One thread lives his life; others look at what is volatile, and at the rest once he has {@link #leave left}.
 */
final class Visitor implements Runnable {
    private static final int HANGS_UP_ONCE_IN = 100;

    final String name;
    final Wire wire;
    /** In the order he said them. */
    final List<Said> said = new ArrayList<>();

    final Map<String, Ack> acknowledged = new HashMap<>();
    /** In the order the socket brought them. */
    final List<Event> seen = new ArrayList<>();

    private final Door door;
    private final Story story;
    private final Steps steps;
    private final Trouble trouble;
    private final Random random;
    private final Backoff backoff;
    private final ArrayDeque<Said> unsent = new ArrayDeque<>();
    private String token = "";
    private String state = "bot";
    /** Things of his own that no event has shown yet. */
    private int unseen;

    private boolean answered = true;
    private int replies;
    private volatile String conversation = "";
    private volatile long seq;
    private volatile int acknowledgements;
    private volatile boolean linked;
    private volatile boolean content;
    private volatile boolean asking = true;
    private volatile boolean leaving;
    private volatile @Nullable RawSocket open;

    record Said(String cid, String text) {}

    record Ack(String messageId, long seq) {}

    Visitor(String name, Wire wire, Door door, Story story, Steps steps, Trouble trouble, Random random) {
        this.name = name;
        this.wire = wire;
        this.door = door;
        this.story = story;
        this.steps = steps;
        this.trouble = trouble;
        this.random = random;
        this.backoff = new Backoff(random);
    }

    @Override
    public void run() {
        try {
            while (!leaving) {
                try {
                    visit();
                } catch (IOException e) {
                    linked = false;
                    if (!leaving) backoff.pause();
                }
            }
        } catch (RuntimeException e) {
            trouble.add(name + ": " + (e instanceof Broken ? e.getMessage() : e.toString()));
        }
        linked = false;
    }

    private void visit() throws IOException {
        var session = session();
        try (var socket = door.socket(session, wire)) {
            open = socket;
            socket.send(wire.hello(conversation, seq), wire.binary());
            while (!leaving) hear(socket);
        }
    }

    private Door.Session session() throws IOException {
        var session = door.session(token);
        if (session.isEmpty() && (!acknowledged.isEmpty() || !seen.isEmpty())) {
            throw new Broken("the hub does not know the session any more");
        }
        // A session in which nothing was said yet need not outlive the hub.
        if (session.isEmpty()) session = door.session("");
        var opened = session.orElseThrow();
        token = opened.token();
        if (opened.lastSeq() < seq)
            throw new Broken("events after " + opened.lastSeq() + " are gone; " + seq + " was shown");
        conversation = opened.conversation();
        return opened;
    }

    private void hear(RawSocket socket) throws IOException {
        switch (wire.tell(socket.read())) {
            case Told.Welcome(var id, var from, var lastSeq) -> {
                if (from != seq + 1 || lastSeq < seq) {
                    throw new Broken("welcomed from " + from + " to " + lastSeq + " after " + seq);
                }
                conversation = id;
                linked = true;
                backoff.succeeded();
                steps.step();
                speak(socket);
            }
            case Told.Happened(var event) -> {
                take(event);
                steps.step();
                if (unsent.isEmpty()) speak(socket);
            }
            case Told.Stored(var messageId, var number, var id) -> {
                conversation = id;
                acknowledged.put(unsent.remove().cid(), new Ack(messageId, number));
                acknowledgements = acknowledged.size();
                steps.step();
                speak(socket);
            }
            case Told.Refused(var code, var retry, var text) -> {
                if (!retry) throw new Broken("refused: " + code + " " + text);
                backoff.pause();
                speak(socket);
            }
            case Told.Reset(var lastSeq) -> throw new Broken("told to begin anew at " + lastSeq);
            case Told.Ping() -> socket.send(wire.pong(), wire.binary());
            case Told.Other() -> {}
        }
    }

    private void take(Event event) {
        if (event.seq() != seq + 1) throw new Broken("event " + event.seq() + " came after " + seq);
        seen.add(event);
        seq = event.seq();
        if (event.kind().equals("state")) state = event.text();
        if (event.isMessageOf("bot")) answered = unseen == 0;
        if (event.isMessageOf("agent")) replies++;
        if (event.isMessageOf("customer")) {
            unseen--;
            answered = false;
        }
    }

    /** Sends what is still unsent, else whatever comes next in his story. */
    private void speak(RawSocket socket) throws IOException {
        var ear = new Story.Ear(state, answered, replies);
        if (unsent.isEmpty() && unseen == 0 && asking) {
            for (var text : story.next(ear)) {
                var next = new Said(name + "-" + said.size(), text);
                said.add(next);
                unsent.add(next);
                unseen++;
                replies = 0;
                answered = false;
            }
        }
        content = unsent.isEmpty() && unseen == 0 && story.isContent(ear);
        if (unsent.isEmpty()) return;
        socket.send(wire.question(unsent.element().cid(), unsent.element().text()), wire.binary());
        steps.step();
        if (random.nextInt(HANGS_UP_ONCE_IN) == 0) throw new EOFException("hung up");
    }

    /** Says nothing new from now on. */
    void stopAsking() {
        asking = false;
    }

    /** Goes; nothing changes any more once his thread has ended. */
    void leave() {
        leaving = true;
        var socket = open;
        try {
            if (socket != null) socket.close();
        } catch (IOException e) {
            trouble.add(name + ": " + e);
        }
    }

    boolean isLinked() {
        return linked;
    }

    /** Whether everything he said is acknowledged, shown and answered. */
    boolean isContent() {
        return content;
    }

    int acknowledgements() {
        return acknowledgements;
    }

    long seq() {
        return seq;
    }

    /** For people who look for what went wrong. */
    String describe() {
        return name + (linked ? " at " : " away at ") + seq + " of " + conversation;
    }

    /** Empty before there is one. */
    String conversation() {
        return conversation;
    }

    /** What the hub says has happened; he must have {@link #leave left}. */
    List<Event> history() throws IOException {
        return door.history(token);
    }
}
