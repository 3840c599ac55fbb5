package io.kefuhub.core.answering.knowledge;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A place in a list that runs from the newest to the oldest, and how a page's {@code next} spells it. */
record Place(Instant at, UUID id) {
    static final Place START = new Place(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    static Optional<Place> parse(String text) {
        var parts = text.split("~", 2);
        try {
            return parts.length == 2
                    ? Optional.of(new Place(Instant.parse(parts[0]), UUID.fromString(parts[1])))
                    : Optional.empty();
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return at + "~" + id;
    }
}
