package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.JsonObject;

/** What the platform made of a frame. */
sealed interface Ack {
    record Taken(JsonObject body) implements Ack {}

    record Refused(long code, String message) implements Ack {
        private static final long UNKNOWN_FRAME = 846_605;
        private static final long EXPIRED = 846_608;

        /** Whether what it was to answer cannot be answered any more. */
        boolean isExpired() {
            return code == UNKNOWN_FRAME || code == EXPIRED;
        }

        /** Whether the same may be taken later: busy, or too much at once. */
        boolean isForNow() {
            return code == -1 || code == 45_009 || code == 45_033;
        }

        String words() {
            return "WeCom refused it: " + code + (message.isEmpty() ? "" : " " + message);
        }
    }

    /** No answer came: it may have been taken. */
    record Silent() implements Ack {}

    /** It did not leave the hub. */
    record NotSent(String reason) implements Ack {}
}
