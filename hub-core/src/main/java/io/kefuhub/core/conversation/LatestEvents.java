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
        // From the end, where almost everybody is.
        var later = new ArrayDeque<FeedEvent>();
        for (var newest = events.descendingIterator(); newest.hasNext(); ) {
            var event = newest.next();
            if (event.feed() <= feed) break;
            later.addFirst(event);
        }
        return Optional.of(first(later, limit));
    }

    /** Returns the visible events after a {@code seq} number; empty when some of them are not remembered. */
    synchronized Optional<List<FeedEvent>> visibleAfter(long seq, int limit) {
        var later = new ArrayDeque<FeedEvent>();
        for (var newest = events.descendingIterator(); newest.hasNext(); ) {
            var event = newest.next();
            if (event.seq().isEmpty()) continue;
            var number = event.seq().getAsLong();
            if (number > seq) later.addFirst(event);
            if (number <= seq + 1) return Optional.of(first(later, limit));
        }
        return Optional.empty();
    }

    private static List<FeedEvent> first(ArrayDeque<FeedEvent> later, int limit) {
        return later.size() <= limit
                ? List.copyOf(later)
                : later.stream().limit(limit).toList();
    }
}
