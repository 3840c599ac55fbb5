package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** What came of a call of the platform. */
public sealed interface Answer {
    /**
     * It did what was asked.
     *
     * @param data what stood under {@code data}; all of the answer where nothing did
     */
    record Ok(JsonObject data) implements Answer {}

    /**
     * It did not.
     *
     * @param code the platform's; the HTTP status where the answer names none
     * @param text the platform's own words
     * @param logId what its support asks for; may be empty
     * @param pause how long it wants to be left alone, where it says so
     * @param limit how many calls were too many, where it says so
     */
    record Refused(long code, String text, int status, String logId, Optional<Duration> pause, Optional<Integer> limit)
            implements Answer {
        /** What a chat takes in a second is the smallest limit of the platform. */
        private static final int OF_A_CHAT = 5;

        /** Whether it is the app that called too often, and not what it called for. */
        public boolean isOfApp() {
            return limit.filter(calls -> calls > OF_A_CHAT).isPresent();
        }
    }

    /** It said nothing that could be read; {@code dispatched} says whether the question may have reached it. */
    record NoAnswer(boolean dispatched, String reason) implements Answer {}

    /** The hub does not let this channel call that host. */
    record NotAllowed(String host) implements Answer {}

    default boolean isOk() {
        return this instanceof Ok;
    }

    default boolean isRefused(java.util.Set<Long> codes) {
        return this instanceof Refused refused && codes.contains(refused.code());
    }
}
