package io.kefuhub.core.answering.knowledge;

import java.util.Objects;
import java.util.UUID;

/** Names one knowledge entry; a UUID of version 7. */
public record EntryId(UUID value) {
    public EntryId {
        Objects.requireNonNull(value, "value");
    }
}
