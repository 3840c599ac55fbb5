package io.kefuhub.core.desk.drafts;

import java.util.List;

/**
 * Proposed words.
 *
 * @param model the provider's name of the model that made them
 * @param sources what of the knowledge it was shown; nothing says that it kept to them
 */
public record Draft(String text, String model, List<Source> sources) {
    public Draft {
        sources = List.copyOf(sources);
    }

    /** A piece of knowledge. */
    public record Source(String id, String title) {}
}
