package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Localized;

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

        Localized words() {
            var what = code + (message.isEmpty() ? "" : " " + message);
            return Localized.of("WeCom refused it: " + what, "企业微信拒绝：" + what);
        }
    }

    /** No answer came: it may have been taken. */
    record Silent() implements Ack {
        static final Localized REASON = Localized.of("WeCom did not answer", "企业微信没有应答");
        /** The same of a message that the platform would show twice. */
        static final Localized IN_DOUBT = Localized.of("WeCom did not say whether it took the message", "企业微信没有说明是否收到");
    }

    /** It did not leave the hub. */
    record NotSent(Localized reason) implements Ack {}
}
