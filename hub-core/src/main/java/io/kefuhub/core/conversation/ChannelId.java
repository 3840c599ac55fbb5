package io.kefuhub.core.conversation;

import java.util.UUID;

/** Names a channel instance. */
public record ChannelId(UUID value) {
    /** Reads an id from outside; throws {@link IllegalArgumentException} when it is none. */
    public static ChannelId parse(String text) {
        return new ChannelId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
