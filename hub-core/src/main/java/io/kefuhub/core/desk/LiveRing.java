package io.kefuhub.core.desk;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The latest changes of the inbox, so that a browser that was away for a moment misses nothing. Not safe for threads. */
final class LiveRing {
    private static final int MOST = 4000;

    private final String boot;
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private long position;

    /** A conversation that changed, at a position of the stream. */
    record Change(String position, long number, Summary summary) {}

    /** @param boot differs at each start of the hub */
    LiveRing(String boot) {
        this.boot = boot;
    }

    String position() {
        return boot + "-" + position;
    }

    Change add(Summary summary) {
        position++;
        var change = new Change(position(), position, summary);
        changes.add(change);
        if (changes.size() > MOST) changes.removeFirst();
        return change;
    }

    /** Something was not recorded: whoever was away must fetch everything. */
    void forget() {
        changes.clear();
        position++;
    }

    /** The last change of each conversation after a position; empty when some of them are not known any more. */
    Optional<List<Change>> after(String known) {
        var cut = known.lastIndexOf('-');
        if (cut < 0 || !known.substring(0, cut).equals(boot)) return Optional.empty();
        long number;
        try {
            number = Long.parseLong(known.substring(cut + 1));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        var oldest = changes.isEmpty() ? position : changes.getFirst().number() - 1;
        if (number < oldest || number > position) return Optional.empty();
        var last = new LinkedHashMap<UUID, Change>();
        for (var change : changes) {
            if (change.number() <= number) continue;
            last.remove(change.summary().id());
            last.put(change.summary().id(), change);
        }
        return Optional.of(List.copyOf(last.values()));
    }
}
