package io.kefuhub.core.answering;

import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a turn does. Immutable.
 *
 * @param parts what is said; empty to say nothing
 * @param action what the audit calls it
 */
record Decision(List<Part> parts, boolean handOver, String action) {
    /** A person speaks, or will. */
    static final Decision FOR_A_PERSON = new Decision(List.of(), false, "question.waiting");

    Decision {
        parts = List.copyOf(parts);
    }

    Decision withParts(List<Part> other) {
        return new Decision(other, handOver, action);
    }

    /**
     * Calls a person.
     *
     * @param usual what the hub says then
     * @param shown what the customer has read of an answer that does not go on; it stays
     * @param words of the responder's own
     */
    static Decision handedOver(String usual, String shown, Optional<String> words) {
        var parts = new ArrayList<Part>();
        if (!shown.isBlank()) parts.add(new Part.Text(shown));
        parts.add(new Part.Text(words.orElse(usual)));
        return new Decision(parts, true, "conversation.handed-over");
    }
}
