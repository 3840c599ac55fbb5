package io.kefuhub.core.plugin;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.respond.Responder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What is plugged in now. Safe for threads: readers take one volatile read; changes come one at a time, each a whole new
 * {@link Snapshot} swapped in by one write, of which the listeners are told afterwards.
 */
public final class Contributions {
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong generations = new AtomicLong();
    private volatile Snapshot snapshot = Snapshot.NOTHING;

    public Snapshot now() {
        return snapshot;
    }

    public List<Slot<Channel>> channels() {
        return snapshot.channels();
    }

    public Optional<Slot<Channel>> channel(String instance) {
        return snapshot.channel(instance);
    }

    public List<Slot<Filter>> filters() {
        return snapshot.filters();
    }

    public List<Slot<Responder>> responders() {
        return snapshot.responders();
    }

    public Optional<Slot<Responder>> responder(String instance) {
        return snapshot.responder(instance);
    }

    public long nextGeneration() {
        return generations.incrementAndGet();
    }

    /** Changes anything in one swap; returns what was there before. When the change throws, nothing has changed. */
    public synchronized Snapshot change(Consumer<Snapshot.Draft> change) {
        var before = snapshot;
        var draft = before.draft();
        change.accept(draft);
        var after = draft.finish();
        snapshot = after;
        listeners.forEach(listener -> listener.accept(after));
        return before;
    }

    public void add(Offer<?> offer) {
        change(draft -> draft.add(offer));
    }

    /** Adds a slot, or lets it take the place of the one with its name, which is returned and is the caller's to close. */
    public Optional<Slot<?>> replace(Slot<?> slot) {
        return change(draft -> draft.put(slot)).slot(slot.kind(), slot.instance());
    }

    /** Removes a slot, which is returned and is the caller's to close. */
    public Optional<Slot<?>> remove(Kind kind, String instance) {
        return change(draft -> draft.remove(kind, instance)).slot(kind, instance);
    }

    /** Tells the listener of every later swap, on the thread that swaps; it must be quick. */
    public void listen(Consumer<Snapshot> listener) {
        listeners.add(listener);
    }
}
