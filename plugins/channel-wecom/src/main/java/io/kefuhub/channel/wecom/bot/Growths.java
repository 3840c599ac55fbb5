package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.InstanceContext;
import io.kefuhub.channel.wecom.bot.Growing.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What the platform fetches, kept in the store so that any node and the next generation can answer. Drafts grow in memory
 * and reach the store once a second. Safe for threads.
 */
final class Growths {
    private static final Duration KEPT = Duration.ofHours(2);
    private static final long DRAFT_EVERY = Duration.ofSeconds(1).toNanos();
    /** Room for the gap before a draft and the note behind it. */
    private static final int NOTE = 120;

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toMillis();

    private final InstanceContext context;
    private final Words words;
    private final Shelf shelf;
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    Growths(InstanceContext context, Words words) {
        this.context = context;
        this.words = words;
        this.shelf = new Shelf(context.store(), KEPT);
    }

    /**
     * What one fetch is answered.
     *
     * @param news the state behind it, for its pictures
     */
    record Fetched(String text, boolean last, Growing news) {}

    /** What this node knows of one beyond the store. Guarded by itself. */
    private static final class Live {
        private Draft draft = Draft.NONE;
        private long stored = System.nanoTime() - DRAFT_EVERY;
        private boolean over;
        private final Instant since;

        Live(Instant since) {
            this.since = since;
        }
    }

    /** Begins one, unless the same message has begun it before. */
    void begin(String id, String thread) {
        context.store()
                .putIfAbsent(
                        key(id),
                        Growing.begun(id, thread, context.clock().instant()).kept(),
                        KEPT);
    }

    Optional<Growing> find(String id) {
        return id.isEmpty() ? Optional.empty() : shelf.get(key(id)).map(Growing::read);
    }

    /** Changes one; returns what it is then. */
    Optional<Growing> change(String id, UnaryOperator<Growing> change) {
        var changed = shelf.change(
                        key(id),
                        before -> before.map(kept -> {
                            var growing = Growing.read(kept);
                            var next = change.apply(growing);
                            return next.equals(growing) ? kept : next.kept();
                        }))
                .map(Growing::read);
        wake(id);
        return changed;
    }

    /** Shows a draft; empty text takes it back. Says whether anybody can see it. */
    boolean draft(String id, Draft draft) {
        var now = context.clock().instant();
        var place = live.computeIfAbsent(id, _ -> new Live(now));
        synchronized (place) {
            if (place.over) return false;
            place.draft = draft;
            var nanos = System.nanoTime();
            if (!draft.text().isEmpty() && nanos - place.stored < DRAFT_EVERY) return true;
            place.stored = nanos;
        }
        return change(id, growing -> growing.isOpen(now) ? growing.withDraft(fitting(growing, draft)) : growing)
                .filter(growing -> growing.isOpen(now))
                .isPresent();
    }

    private static Draft fitting(Growing growing, Draft draft) {
        if (draft.text().isEmpty()) return Draft.NONE;
        var room =
                Wording.MOST_BYTES - Wording.bytes(growing.withDraft(Draft.NONE).text()) - NOTE;
        return new Draft(draft.answer(), Wording.fit(draft.text(), Math.max(0, room)));
    }

    /** Answers a fetch, and notes what was given. Empty when there is no such thing, or none any more. */
    Optional<Fetched> fetch(String id) {
        var now = context.clock().instant();
        var grown = change(id, growing -> fetched(growing, now));
        if (grown.isEmpty()) live.remove(id);
        if (grown.flatMap(Growing::over).isPresent()) end(id);
        return grown.map(growing -> growing.over()
                .map(end -> new Fetched(end.text(), true, growing))
                .orElseGet(() -> new Fetched(withFreshDraft(growing).text(), false, growing)));
    }

    private Growing fetched(Growing growing, Instant now) {
        if (growing.over().isPresent()) return growing;
        var whole = growing.closing() ? growing : withFreshDraft(growing);
        if (growing.closing()) return whole.ended(whole.text());
        if (growing.isLate(now)) return whole.ended(cutOff(whole));
        return growing.hasNews() ? growing.fetched() : growing;
    }

    /** A draft that was cut off says that more follows; so does an answer that did not come. */
    private String cutOff(Growing growing) {
        var text = growing.text();
        if (text.isEmpty()) return words.waits();
        if (growing.draft().text().isEmpty()) return text;
        return text + "\n\n" + words.continues();
    }

    private Growing withFreshDraft(Growing growing) {
        var place = live.get(growing.id());
        if (place == null) return growing;
        synchronized (place) {
            var draft = place.draft;
            var isOver = draft.text().isEmpty() || growing.hasAnswer(draft.answer());
            return isOver ? growing : growing.withDraft(fitting(growing, draft));
        }
    }

    /** Forgets the draft of an answer that has been handed over. */
    void settle(String id) {
        var place = live.get(id);
        if (place == null) return;
        synchronized (place) {
            place.draft = Draft.NONE;
        }
    }

    private void end(String id) {
        var place = live.get(id);
        if (place == null) return;
        synchronized (place) {
            place.over = true;
        }
    }

    /** Waits until a reply was fetched, here or on another node; says whether it was. */
    boolean awaitFetched(String id, String delivery, Duration patience) throws InterruptedException {
        var now = context.clock().instant();
        var place = live.computeIfAbsent(id, _ -> new Live(now));
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            synchronized (place) {
                if (find(id).filter(growing -> growing.wasFetched(delivery)).isPresent()) return true;
                var left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) return false;
                place.wait(Math.min(left, LOOK_EVERY));
            }
        }
    }

    private void wake(String id) {
        var place = live.get(id);
        if (place == null) return;
        synchronized (place) {
            place.notifyAll();
        }
    }

    /** Forgets what nobody fetches any more. */
    void sweep() {
        var old = context.clock().instant().minus(Growing.WINDOW.multipliedBy(2));
        for (var entry : new ArrayList<>(live.entrySet())) {
            if (entry.getValue().since.isBefore(old)) live.remove(entry.getKey());
        }
    }

    private static String key(String id) {
        return "stream:" + id;
    }
}
