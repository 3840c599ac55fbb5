package io.kefuhub.api.directory;

import java.time.Duration;
import java.util.Map;

/** What a directory knows of a contact. */
public sealed interface Found {
    /**
     * @param name what people call them
     * @param attributes non-secret facts that agents and filters may see
     * @param link where an agent can read more; empty when there is none
     */
    record Known(String name, Map<String, String> attributes, String link) implements Found {
        public Known {
            attributes = Map.copyOf(attributes);
        }
    }

    record Unknown() implements Found {}

    /** The records cannot be reached; asked again no sooner than the pause. */
    record Unreachable(Duration pause) implements Found {}
}
