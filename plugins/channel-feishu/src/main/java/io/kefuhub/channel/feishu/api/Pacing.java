package io.kefuhub.channel.feishu.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * Keeps to the platform's limits: whoever wants to call gets a place in the queues of its conversation and of the app, and
 * waits for it. Safe for threads.
 */
public final class Pacing {
    /** A little more than the platform's second, as its clock is another. */
    private static final long CHAT_SECOND = Duration.ofMillis(1_050).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofSeconds(4).toNanos();
    private static final int MANY = 5_000;

    private final LongSupplier nanos;
    private final Map<String, Queue> queues = new HashMap<>();

    /** One limit: at most so many calls in so long a time. */
    private record Limit(String key, int most, long within) {}

    /** Guarded by the pacing. */
    private static final class Queue {
        /** The latest ones, the earliest of them first. */
        private final PriorityQueue<Long> taken = new PriorityQueue<>();

        private long last = Long.MIN_VALUE;
        private long closedUntil = Long.MIN_VALUE;
    }

    public Pacing() {
        this(System::nanoTime);
    }

    Pacing(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A place in the queues.
     *
     * @param later when to come back, where the queue is too long to wait in; no place was taken then
     */
    public record Turn(long at, Optional<Duration> later) {}

    /** Waits for a message's place in its chat. */
    public Turn message(String chat) {
        return await(List.of(
                new Limit("chat " + chat, 5, CHAT_SECOND),
                new Limit("messages", 50, SECOND),
                new Limit("messages-minute", 1_000, MINUTE)));
    }

    /** Waits for the place of a change of a streaming card. */
    public Turn card(String card) {
        return await(List.of(
                new Limit("card " + card, 10, SECOND),
                new Limit("cards", 50, SECOND),
                new Limit("cards-minute", 1_000, MINUTE)));
    }

    /** Takes in that the message has been answered: it may have arrived that late, which is what the platform counts. */
    public synchronized void arrived(String chat, Turn turn) {
        var queue = queue("chat " + chat);
        if (!queue.taken.remove(turn.at)) return;
        queue.last = Math.max(queue.last, nanos.getAsLong());
        queue.taken.add(nanos.getAsLong());
    }

    /** Takes in that the platform wants to be left alone with this chat. */
    public void rest(String chat, Duration pause) {
        synchronized (this) {
            queue("chat " + chat).closedUntil = nanos.getAsLong() + pause.toNanos();
        }
    }

    private Turn await(List<Limit> limits) {
        var wait = reserve(limits);
        if (wait.later().isPresent()) return wait;
        var left = wait.at() - nanos.getAsLong();
        try {
            if (left > 0) Thread.sleep(Duration.ofNanos(left));
            return wait;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Turn(wait.at(), Optional.of(Duration.ofSeconds(1)));
        }
    }

    /** Takes the place of a message without waiting for it. */
    synchronized Turn reserve(String chat) {
        return reserve(List.of(new Limit("chat " + chat, 5, CHAT_SECOND)));
    }

    private synchronized Turn reserve(List<Limit> limits) {
        var now = nanos.getAsLong();
        var at = now;
        for (var limit : limits) at = Math.max(at, next(limit, now));
        if (at - now > LONGEST_WAIT) return new Turn(at, Optional.of(Duration.ofNanos(at - now)));
        for (var limit : limits) {
            var queue = queue(limit.key);
            queue.taken.add(at);
            queue.last = Math.max(queue.last, at);
            if (queue.taken.size() > limit.most) queue.taken.remove();
        }
        if (queues.size() > MANY) queues.values().removeIf(queue -> isIdle(queue, now));
        return new Turn(at, Optional.empty());
    }

    private long next(Limit limit, long now) {
        var queue = queue(limit.key);
        var free = queue.taken.size() < limit.most ? now : queue.taken.element() + limit.within;
        return Math.max(free, queue.closedUntil == Long.MIN_VALUE ? now : queue.closedUntil);
    }

    private Queue queue(String key) {
        return queues.computeIfAbsent(key, _ -> new Queue());
    }

    private static boolean isIdle(Queue queue, long now) {
        return (queue.taken.isEmpty() || now - queue.last > MINUTE)
                && (queue.closedUntil == Long.MIN_VALUE || now > queue.closedUntil);
    }
}
