package io.kefuhub.api.respond;

import io.kefuhub.api.message.Part;
import java.util.List;
import java.util.Optional;

/** What a responder decided. Immutable. */
public sealed interface Response {
    /** Says this. */
    record Answer(List<Part> parts, Source source) implements Response {
        public Answer {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) throw new IllegalArgumentException("an empty answer");
        }
    }

    /** Says this and offers near questions; counted apart from answers. */
    record Menu(Part.Menu menu, Source source) implements Response {}

    /**
     * Asks for a person.
     *
     * @param words said to the customer; empty for the hub's own words
     */
    record HandOver(String reason, Optional<String> words) implements Response {}

    /** Leaves it to the next responder. */
    record Pass(String reason) implements Response {}

    /**
     * Where an answer comes from; shown to agents.
     *
     * @param kind such as {@code knowledge} or {@code model}
     * @param id of the entry or the model
     * @param title what agents read
     * @param score from 0 to 1; how sure the responder is
     * @param reason why it was chosen, in a few words
     * @param citations what it draws on, the most important first; may be empty
     */
    record Source(String kind, String id, String title, double score, String reason, List<Citation> citations) {
        public Source {
            citations = List.copyOf(citations);
        }

        /** A source that is itself all there is to see. */
        public Source(String kind, String id, String title, double score, String reason) {
            this(kind, id, title, score, reason, List.of());
        }
    }

    /**
     * Something an answer draws on.
     *
     * @param kind such as {@code knowledge} or {@code document}
     * @param id by which it can be opened
     * @param title what agents read
     */
    record Citation(String kind, String id, String title) {}
}
