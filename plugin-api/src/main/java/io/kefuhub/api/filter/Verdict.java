package io.kefuhub.api.filter;

import io.kefuhub.api.message.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a filter decided. Immutable. */
public sealed interface Verdict {
    /** Short labels the hub keeps with the message; may be empty. */
    Set<String> tags();

    /** Let it go on as it is. */
    record Pass(Set<String> tags) implements Verdict {
        private static final Pass PLAIN = new Pass(Set.of());

        public Pass {
            tags = Set.copyOf(tags);
        }
    }

    /**
     * Let it go on with other parts.
     *
     * @param parts at least one
     * @param placeholders at {@link Stage#TO_MODEL} only: what to put back into the model's answer, by placeholder
     */
    record Rewrite(List<Part> parts, Set<String> tags, Map<String, String> placeholders) implements Verdict {
        public Rewrite {
            parts = List.copyOf(parts);
            tags = Set.copyOf(tags);
            placeholders = Map.copyOf(placeholders);
            if (parts.isEmpty()) throw new IllegalArgumentException("a rewrite to nothing");
        }
    }

    /**
     * Keep it until a person has looked.
     *
     * @param reason for the person who looks
     * @param found what it stopped at, as far as it can be pointed at; may be empty
     */
    record Hold(String reason, Set<String> tags, List<Found> found) implements Verdict {
        public Hold {
            tags = Set.copyOf(tags);
            found = List.copyOf(found);
        }

        /** Points at nothing. */
        public Hold(String reason, Set<String> tags) {
            this(reason, tags, List.of());
        }
    }

    /**
     * It goes no further.
     *
     * @param reason for agents
     * @param words what its author is told; empty for the hub's own words
     */
    record Block(String reason, String words, Set<String> tags) implements Verdict {
        public Block {
            tags = Set.copyOf(tags);
        }
    }

    static Verdict pass() {
        return Pass.PLAIN;
    }

    static Verdict rewrite(List<Part> parts) {
        return new Rewrite(parts, Set.of(), Map.of());
    }

    static Verdict hold(String reason) {
        return new Hold(reason, Set.of());
    }

    static Verdict block(String reason) {
        return new Block(reason, "", Set.of());
    }
}
