package io.kefuhub.core.conversation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** The latest events of one conversation, without a gap between them. Safe for threads. */
final class LatestEvents {
    private static final int MOST = 64;

    private final ArrayDeque<FeedEvent> events = new ArrayDeque<>();

    synchronized void add(List<FeedEvent> news) {
        for (var event : news) {
            if (!events.isEmpty()) {
                var last = events.getLast().feed();
                if (event.feed() <= last) continue;
                if (event.feed() != last + 1) events.clear();
            }
            events.add(event);
            if (events.size() > MOST) events.removeFirst();
        }
    }

    /** Returns the events after a {@code feed} number; empty when some of them are not remembered. */
    synchronized Optional<List<FeedEvent>> after(long feed, int limit) {
        if (events.isEmpty() || events.getFirst().feed() > feed + 1) return Optional.empty();
        return Optional.of(events.stream()
                .filter(event -> event.feed() > feed)
                .limit(limit)
                .toList());
    }

    /** Returns the visible events after a {@code seq} number; empty when some of them are not remembered. */
    synchronized Optional<List<FeedEvent>> visibleAfter(long seq, int limit) {
        var first = events.stream().filter(event -> event.seq().isPresent()).findFirst();
        if (first.isEmpty() || first.get().seq().getAsLong() > seq + 1) return Optional.empty();
        return Optional.of(events.stream()
                .filter(event -> event.seq().isPresent() && event.seq().getAsLong() > seq)
                .limit(limit)
                .toList());
    }
}
