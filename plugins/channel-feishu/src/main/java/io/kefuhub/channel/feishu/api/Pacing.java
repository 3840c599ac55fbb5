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
    /** A little more than the platform's second, which it counts from when calls arrive. */
    private static final long CHAT_SECOND = Duration.ofMillis(1_200).toNanos();

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
     * Waits for a message's place in its chat.
     *
     * @return how long to come back later, where the queue is too long to wait in; nothing was taken then
     */
    public Optional<Duration> message(String chat) {
        return await(List.of(
                new Limit("chat " + chat, 5, CHAT_SECOND),
                new Limit("messages", 50, SECOND),
                new Limit("messages-minute", 1_000, MINUTE)));
    }

    /** Waits for the place of a change of a streaming card. */
    public Optional<Duration> card(String card) {
        return await(List.of(
                new Limit("card " + card, 10, SECOND),
                new Limit("cards", 50, SECOND),
                new Limit("cards-minute", 1_000, MINUTE)));
    }

    /** Takes in that the platform wants to be left alone with this chat. */
    public void rest(String chat, Duration pause) {
        synchronized (this) {
            queue("chat " + chat).closedUntil = nanos.getAsLong() + pause.toNanos();
        }
    }

    private Optional<Duration> await(List<Limit> limits) {
        var wait = reserve(limits);
        if (wait > LONGEST_WAIT) return Optional.of(Duration.ofNanos(wait));
        try {
            if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(Duration.ofSeconds(1));
        }
    }

    /** Returns in how many nanoseconds it is one's turn; takes the place unless that is too long. */
    synchronized long reserve(String chat) {
        return reserve(List.of(new Limit("chat " + chat, 5, CHAT_SECOND)));
    }

    private synchronized long reserve(List<Limit> limits) {
        var now = nanos.getAsLong();
        var at = now;
        for (var limit : limits) at = Math.max(at, next(limit, now));
        if (at - now > LONGEST_WAIT) return at - now;
        for (var limit : limits) {
            var queue = queue(limit.key);
            queue.taken.add(at);
            queue.last = Math.max(queue.last, at);
            if (queue.taken.size() > limit.most) queue.taken.remove();
        }
        if (queues.size() > MANY) queues.values().removeIf(queue -> isIdle(queue, now));
        return at - now;
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
