package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.JsonObject;
import java.util.Map;

/** A piece of what somebody said to a bot, as the platform names it. */
sealed interface Piece {
    record Words(String text) implements Piece {}

    /**
     * Something to be fetched, within five minutes.
     *
     * @param type {@code image}, {@code file} or {@code video}
     * @param url where it is; a secret
     * @param key it is encrypted with, in Base64; empty for that of the callbacks
     */
    record Media(String type, String url, String key) implements Piece {
        @Override
        public String toString() {
            return "Media[" + type + "]";
        }
    }

    /** Something this channel does not know. */
    record Strange(String type) implements Piece {}

    /** What it is kept as. */
    default Map<String, Object> kept() {
        return switch (this) {
            case Words(var text) -> Map.of("words", text);
            case Media(var type, var url, var key) -> Map.of("media", type, "url", url, "key", key);
            case Strange(var type) -> Map.of("strange", type);
        };
    }

    static Piece of(JsonObject kept) {
        if (kept.has("words")) return new Words(kept.text("words", ""));
        if (kept.has("media")) {
            return new Media(kept.text("media", ""), kept.text("url", ""), kept.text("key", ""));
        }
        return new Strange(kept.text("strange", ""));
    }
}
