package io.kefuhub.core.conversation;

import java.util.UUID;

/** Names a contact. */
public record ContactId(UUID value) {
    /** Reads an id from outside; throws {@link IllegalArgumentException} when it is none. */
    public static ContactId parse(String text) {
        return new ContactId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
