package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.InstanceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that can be answered by the name of their frame, kept in the store so that the next generation goes on with
 * an answer that this one began. Safe for threads.
 */
final class Questions {
    /** For so long the platform takes more of an answer: half a minute less than it is known to. */
    static final Duration WINDOW = Duration.ofSeconds(330);

    private static final int REMEMBERED = 2_000;

    private final InstanceContext context;
    private final Map<String, Shown> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
            return size() > REMEMBERED;
        }
    };

    Questions(InstanceContext context) {
        this.context = context;
    }

    /**
     * A message that can be answered.
     *
     * @param key of the message; its answer is called so, too
     * @param frame what answers bear
     * @param at when it came
     */
    record Question(String key, String frame, Instant at) {}

    /** What was shown of an answer. Its lock is held while a frame of it is under way. */
    static final class Shown {
        final ReentrantLock lock = new ReentrantLock();
        String text = "";
        long pushedAt;
        boolean unsure;
    }

    /** Remembers a message, unless it is known. */
    void add(Origin origin) {
        if (origin.answerTo().isEmpty()) return;
        var kept = Json.write(Map.of(
                "frame", origin.answerTo(), "at", context.clock().instant().toEpochMilli()));
        context.store().putIfAbsent(stored(Keys.of(origin.msgId())), kept, WINDOW.multipliedBy(2));
    }

    /** Finds a message that can be answered now. */
    Optional<Question> find(String msgId) {
        if (msgId.isEmpty()) return Optional.empty();
        var key = Keys.of(msgId);
        return context.store()
                .get(stored(key))
                .flatMap(Json::object)
                .filter(json -> json.has("frame"))
                .map(json -> new Question(key, json.text("frame", ""), Instant.ofEpochMilli(json.number("at", 0))))
                .filter(one -> context.clock().instant().isBefore(one.at().plus(WINDOW)));
    }

    /** It has been answered, or cannot be any more. */
    void settle(Question question) {
        context.store().put(stored(question.key()), "{}", WINDOW.multipliedBy(2));
    }

    Shown shown(Question question) {
        return shown(question.key());
    }

    Shown shown(String key) {
        synchronized (shown) {
            return shown.computeIfAbsent(key, _ -> new Shown());
        }
    }

    private static String stored(String key) {
        return "question:" + key;
    }
}
