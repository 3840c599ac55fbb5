package io.kefuhub.simulators;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What every customer's app shows now. Safe for threads. */
public final class Screens {
    private final Clock clock;
    private final Changes changes;
    private final Map<String, Shown> messages = new LinkedHashMap<>();

    Screens(Clock clock, Changes changes) {
        this.clock = clock;
        this.changes = changes;
    }

    /** Puts a message on the screen. A message with the id of one that is there already takes its place. */
    public void show(Shown message) {
        var now = clock.instant();
        changes.record(seq -> {
            var before = messages.get(message.id());
            messages.put(message.id(), message.withPlace(before == null ? now : before.at(), seq));
        });
    }

    /** Changes a message that is on the screen; answers whether it was there. */
    public boolean change(String id, UnaryOperator<Shown> change) {
        synchronized (changes) {
            var before = messages.get(id);
            if (before == null) return false;
            changes.record(seq -> messages.put(id, change.apply(before).withPlace(before.at(), seq)));
            return true;
        }
    }

    public Optional<Shown> find(String id) {
        synchronized (changes) {
            return Optional.ofNullable(messages.get(id));
        }
    }

    /** Every message that is new or different after that number, in the order in which they first appeared. */
    public List<Shown> after(long seq) {
        synchronized (changes) {
            return messages.values().stream().filter(shown -> shown.seq() > seq).toList();
        }
    }

    public Optional<Instant> lastBy(String surface, String thread, Shown.By by) {
        synchronized (changes) {
            return messages.values().stream()
                    .filter(shown ->
                            shown.surface().equals(surface) && shown.thread().equals(thread) && shown.by() == by)
                    .map(Shown::at)
                    .reduce((_, later) -> later);
        }
    }

    void clear() {
        synchronized (changes) {
            messages.clear();
        }
    }
}
