package io.kefuhub.core.database;

import static java.util.Objects.requireNonNull;

/** A JSON document as text; binds to and is read from a {@code jsonb} column. */
public record Jsonb(String text) {
    public Jsonb {
        requireNonNull(text, "text");
    }
}
