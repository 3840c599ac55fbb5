package io.kefuhub.channel.wecom.app;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.channel.wecom.crypto.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Messages whose files take longer than the platform waits for an answer. They are noted in the store before it is
 * answered, so that none is lost with the hub, and brought when their file is there. Safe for threads.
 */
final class LateFiles {
    private static final String KEY = "late-files";
    private static final Duration KEPT = Duration.ofDays(3);
    private static final int TRIES = 20;
    private static final int MOST = 200;

    private final ChannelContext context;
    private final Heard heard;
    private final Duration pause;
    private final AtomicBoolean running = new AtomicBoolean();

    LateFiles(ChannelContext context, Heard heard, Duration pause) {
        this.context = context;
        this.heard = heard;
        this.pause = pause;
    }

    /** Notes a message; says whether it is safe now. */
    boolean add(XmlElement message) {
        var note = Json.write(fields(message));
        if (!change(notes -> notes.contains(note) || (notes.size() < MOST && notes.add(note)))) return false;
        start();
        return true;
    }

    /** Goes on with what was noted. */
    void start() {
        if (running.compareAndSet(false, true)) context.tasks().run("late-files", this::run);
    }

    private void run() {
        try {
            for (var note = first(); note.isPresent() && !Thread.currentThread().isInterrupted(); note = first()) {
                if (bring(note.get())) forget(note.get());
                else Thread.sleep(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (UnavailableException _) {
            // Whatever is noted next, or the next start, goes on.
        } finally {
            running.set(false);
        }
        if (!Thread.currentThread().isInterrupted() && hasMore()) start();
    }

    private boolean hasMore() {
        try {
            return first().isPresent();
        } catch (UnavailableException _) {
            return false;
        }
    }

    private boolean bring(String note) {
        var message = Json.object(note)
                .map(fields -> new XmlElement(
                        "xml",
                        "",
                        fields.members().entrySet().stream()
                                .map(one -> new XmlElement(one.getKey(), String.valueOf(one.getValue()), List.of()))
                                .toList()));
        if (message.isEmpty()) return true;
        try {
            var incoming = heard.read(message.get(), Duration.ofMinutes(5));
            return incoming.isPresent() && context.inbox().accept(incoming.get()) instanceof Inbox.Accepted.Stored;
        } catch (UnavailableException _) {
            return false;
        }
    }

    private static Map<String, Object> fields(XmlElement message) {
        var fields = new TreeMap<String, Object>();
        for (var child : message.children()) if (child.children().isEmpty()) fields.put(child.name(), child.text());
        return fields;
    }

    private Optional<String> first() {
        return read(context.store().get(KEY).orElse("[]")).stream().findFirst();
    }

    private void forget(String note) {
        change(notes -> notes.remove(note));
    }

    private interface Change {
        boolean in(List<String> notes);
    }

    private boolean change(Change change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var before = context.store().get(KEY);
            var notes = read(before.orElse("[]"));
            if (!change.in(notes)) return false;
            var after = Json.write(notes);
            if (after.length() > 60_000) return false;
            var stored = before.isEmpty()
                    ? context.store().putIfAbsent(KEY, after, KEPT)
                    : before.get().equals(after) || context.store().compareAndSet(KEY, before.get(), after, KEPT);
            if (stored) return true;
        }
        return false;
    }

    private static List<String> read(String text) {
        return Json.value(text).orElse(List.of()) instanceof List<?> notes
                ? new ArrayList<>(notes.stream().map(String::valueOf).toList())
                : new ArrayList<>();
    }
}
