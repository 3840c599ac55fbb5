package io.kefuhub.core.filtering;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Counts of the last while, exact to one slot of it; older ones fall out. Safe for threads, and waits for nobody. */
final class Ring {
    private final long seconds;
    private final int kinds;
    private final AtomicReferenceArray<Slot> slots;

    private record Slot(long number, AtomicIntegerArray counts) {}

    /**
     * @param slots together they are the while
     * @param kinds of what is counted
     */
    Ring(Duration slot, int slots, int kinds) {
        this.seconds = slot.toSeconds();
        this.kinds = kinds;
        this.slots = new AtomicReferenceArray<>(slots);
    }

    void add(Instant now, int kind) {
        var number = now.getEpochSecond() / seconds;
        var at = (int) (number % slots.length());
        var slot = slots.get(at);
        if (slot == null || slot.number() < number) {
            slots.compareAndSet(at, slot, new Slot(number, new AtomicIntegerArray(kinds)));
            slot = slots.get(at);
        }
        slot.counts().incrementAndGet(kind);
    }

    /** Counts by kind. */
    long[] sums(Instant now) {
        var oldest = now.getEpochSecond() / seconds - slots.length() + 1;
        var sums = new long[kinds];
        for (var i = 0; i < slots.length(); i++) {
            var slot = slots.get(i);
            if (slot == null || slot.number() < oldest) continue;
            for (var kind = 0; kind < kinds; kind++) sums[kind] += slot.counts().get(kind);
        }
        return sums;
    }
}
