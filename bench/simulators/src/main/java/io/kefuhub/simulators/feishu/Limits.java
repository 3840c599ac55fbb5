package io.kefuhub.simulators.feishu;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often what may be called: so many within a sliding stretch of time. A refused call does not count. Safe for
 * threads.
 */
final class Limits {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    private record Rule(String key, int calls, Duration within, Code code) {}

    Limits(InstantSource clock) {
        this.clock = clock;
    }

    /** A message into a chat: 5 a second there, for the whole app 50 a second and 1000 a minute. */
    void send(String chat) {
        count(
                new Rule("chat/" + chat, 5, SECOND, Code.TOO_OFTEN),
                new Rule("send", 50, SECOND, Code.TOO_MANY),
                new Rule("send/minute", 1000, MINUTE, Code.TOO_MANY));
    }

    /** A new state of a sent card: 5 a second for the message. */
    void patch(String message) {
        count(
                new Rule("patch/" + message, 5, SECOND, Code.TOO_OFTEN),
                new Rule("patch", 50, SECOND, Code.TOO_MANY),
                new Rule("patch/minute", 1000, MINUTE, Code.TOO_MANY));
    }

    /** A step of a streaming card: 10 a second for the card. */
    void card(String card) {
        count(
                new Rule("card/" + card, 10, SECOND, Code.TOO_MANY),
                new Rule("cards", 50, SECOND, Code.TOO_MANY),
                new Rule("cards/minute", 1000, MINUTE, Code.TOO_MANY));
    }

    /** Anything else: 50 a second and 1000 a minute for each kind of call. */
    void call(String kind) {
        count(new Rule(kind, 50, SECOND, Code.TOO_MANY), new Rule(kind + "/minute", 1000, MINUTE, Code.TOO_MANY));
    }

    private synchronized void count(Rule... rules) {
        var now = clock.instant();
        for (var rule : rules) {
            var made = calls.computeIfAbsent(rule.key(), _ -> new ArrayDeque<>());
            while (!made.isEmpty() && !made.getFirst().isAfter(now.minus(rule.within()))) made.removeFirst();
            if (made.size() >= rule.calls()) {
                var reset = Duration.between(now, made.getFirst().plus(rule.within()));
                throw new Refusal(rule.code(), new Refusal.Limit(rule.calls(), reset));
            }
        }
        for (var rule : rules)
            calls.computeIfAbsent(rule.key(), _ -> new ArrayDeque<>()).addLast(now);
    }
}
