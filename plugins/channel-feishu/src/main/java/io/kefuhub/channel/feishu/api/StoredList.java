package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Store;
import io.kefuhub.api.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A short list of names in an instance's store, where nothing can be listed: what is still to be done after a restart or
 * by the next generation. Safe for threads, and for two generations at once.
 */
public final class StoredList {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST = 1_000;
    private static final int TRIES = 100;

    private final Store store;
    private final String key;

    public StoredList(Store store, String key) {
        this.store = store;
        this.key = key;
    }

    public List<String> all() {
        return store.get(key).map(StoredList::read).orElse(List.of());
    }

    /** Appends a name that is not there yet; throws when there are too many. */
    public void add(String name) {
        change(list -> {
            if (list.contains(name)) return list;
            if (list.size() >= MOST) throw new UnavailableException("too much is waiting to be fetched");
            var longer = new ArrayList<>(list);
            longer.add(name);
            return longer;
        });
    }

    public void remove(String name) {
        change(list -> {
            if (!list.contains(name)) return list;
            var shorter = new ArrayList<>(list);
            shorter.remove(name);
            return shorter;
        });
    }

    private synchronized void change(UnaryOperator<List<String>> change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var before = store.get(key);
            var list = before.map(StoredList::read).orElse(List.of());
            var after = change.apply(list);
            if (after.equals(list)) return;
            var text = Json.write(after);
            var done = before.isEmpty()
                    ? store.putIfAbsent(key, text, KEPT)
                    : store.compareAndSet(key, before.get(), text, KEPT);
            if (done) return;
        }
        throw new UnavailableException("the list of what is waiting changes all the time");
    }

    private static List<String> read(String text) {
        return Json.value(text).orElse("") instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
