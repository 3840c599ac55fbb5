package io.kefuhub.channel.feishu.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
    /** Fewer wait for the app's limit, as calls that wait are counted as under way. */
    private static final long LONGEST_WAIT_OF_APP = Duration.ofSeconds(2).toNanos();

    private static final long SOON = Duration.ofMillis(100).toNanos();
    private static final String CHAT = "chat ";
    private static final String MESSAGES = "messages";
    private static final String MINUTES = "messages-minute";
    private static final int MESSAGES_A_MINUTE = 1_000;
    private static final int MANY = 5_000;
    private static final String PASSING = "";

    private final LongSupplier nanos;
    private final Map<String, Queue> queues = new HashMap<>();
    private final Line line = new Line(MINUTE / MESSAGES_A_MINUTE, 5 * MINUTE);
    /** Where the queues are looked through for idle ones; twice as many as were left the last time. */
    private int many = MANY;

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

    /**
     * Waits for a message's place in its chat. Where more are said than the app may send, each is told to come back at a
     * moment of its own; until those have come, nothing that is new goes before them.
     *
     * @param reply the message's name, the same whenever it comes
     */
    public Turn message(String chat, String reply) {
        return await(() -> reserve(chat, reply));
    }

    /** Waits for the place of what is said now or not at all, and so waits in no line. */
    public Turn passing(String chat) {
        return await(() -> reserve(chat, PASSING));
    }

    /** Waits for the place of a change of a streaming card. */
    public Turn card(String card) {
        return await(() -> reserve(List.of(
                new Limit("card " + card, 10, SECOND),
                new Limit("cards", 50, SECOND),
                new Limit("cards-minute", 1_000, MINUTE))));
    }

    /** Takes in that the message has been answered: it may have arrived that late, which is what the platform counts. */
    public synchronized void arrived(String chat, Turn turn) {
        var queue = queue(CHAT + chat);
        if (!queue.taken.remove(turn.at)) return;
        queue.last = Math.max(queue.last, nanos.getAsLong());
        queue.taken.add(nanos.getAsLong());
    }

    /** Takes in that the platform wants to be left alone with this chat. */
    public synchronized void rest(String chat, Duration pause) {
        queue(CHAT + chat).closedUntil = nanos.getAsLong() + pause.toNanos();
    }

    /**
     * Takes in that the platform wants no message of this app.
     *
     * @return when the reply that it refused comes back: each at a moment of its own
     */
    public synchronized Duration restAll(String reply, Duration pause) {
        var now = nanos.getAsLong();
        queue(MESSAGES).closedUntil = now + pause.toNanos();
        return Duration.ofNanos(line.rejoin(reply, now + pause.toNanos(), now) - now);
    }

    private Turn await(Supplier<Turn> reserving) {
        var wait = reserving.get();
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

    /**
     * Takes the place of a message without waiting for it.
     *
     * @param reply the message's name, or {@link #PASSING}
     */
    synchronized Turn reserve(String chat, String reply) {
        var now = nanos.getAsLong();
        var own = new Limit(CHAT + chat, 5, CHAT_SECOND);
        var at = next(own, now);
        if (at - now > LONGEST_WAIT) return away(at, now);
        var limits = List.of(own, new Limit(MESSAGES, 50, SECOND), new Limit(MINUTES, MESSAGES_A_MINUTE, MINUTE));
        for (var limit : limits) at = Math.max(at, next(limit, now));
        var back = line.knows(reply);
        var full = at - now > LONGEST_WAIT_OF_APP && at > next(own, now);
        if (full || (!back && line.isBeyond(now + LONGEST_WAIT_OF_APP))) {
            if (reply.equals(PASSING)) return away(at, now);
            return away(back ? line.rejoin(reply, at, now) : line.join(reply, at, now), now);
        }
        take(limits, at, now);
        return new Turn(at, Optional.empty());
    }

    private synchronized Turn reserve(List<Limit> limits) {
        var now = nanos.getAsLong();
        var at = now;
        for (var limit : limits) at = Math.max(at, next(limit, now));
        if (at - now > LONGEST_WAIT) return away(at, now);
        take(limits, at, now);
        return new Turn(at, Optional.empty());
    }

    private static Turn away(long at, long now) {
        return new Turn(at, Optional.of(Duration.ofNanos(Math.max(SOON, at - now))));
    }

    private void take(List<Limit> limits, long at, long now) {
        for (var limit : limits) {
            var queue = queue(limit.key);
            queue.taken.add(at);
            queue.last = Math.max(queue.last, at);
            if (queue.taken.size() > limit.most) queue.taken.remove();
        }
        if (queues.size() > many) {
            queues.values().removeIf(queue -> isIdle(queue, now));
            many = Math.max(MANY, 2 * queues.size());
        }
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
