package io.kefuhub.core.answering.knowledge;

import java.util.List;

/** What was found for a question, and everything that came near, best first. */
public record Tried(Found found, List<Found.Candidate> candidates) {
    public static final Tried NOTHING = new Tried(new Found.Nothing(), List.of());

    public Tried {
        candidates = List.copyOf(candidates);
    }
}
