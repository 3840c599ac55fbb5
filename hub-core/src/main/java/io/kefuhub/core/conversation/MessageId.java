package io.kefuhub.core.conversation;

import java.util.UUID;

/** Names a message. */
public record MessageId(UUID value) {
    /** Reads an id from outside; throws {@link IllegalArgumentException} when it is none. */
    public static MessageId parse(String text) {
        return new MessageId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
