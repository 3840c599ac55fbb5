package io.kefuhub.core.conversation;

import java.util.UUID;

/** Names a conversation. */
public record ConversationId(UUID value) {
    /** Reads an id from outside; throws {@link IllegalArgumentException} when it is none. */
    public static ConversationId parse(String text) {
        return new ConversationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
