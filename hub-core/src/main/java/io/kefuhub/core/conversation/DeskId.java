package io.kefuhub.core.conversation;

import java.util.UUID;

/** Names a desk. */
public record DeskId(UUID value) {
    /** Reads an id from outside; throws {@link IllegalArgumentException} when it is none. */
    public static DeskId parse(String text) {
        return new DeskId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
