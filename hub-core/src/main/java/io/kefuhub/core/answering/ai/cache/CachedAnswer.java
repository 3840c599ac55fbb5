package io.kefuhub.core.answering.ai.cache;

import io.kefuhub.api.respond.Response;
import java.util.List;
import java.util.Optional;

/**
 * An answer as it may be given again. Immutable.
 *
 * @param confidence as the model said
 * @param deployment the key of the one that made it
 * @param model the provider's name for it
 */
public record CachedAnswer(
        String text, List<Response.Citation> citations, Optional<Double> confidence, String deployment, String model) {
    private static final int AROUND = 600;
    private static final int CITATION = 300;

    public CachedAnswer {
        citations = List.copyOf(citations);
    }

    int bytes() {
        return 2 * text.length() + AROUND + CITATION * citations.size();
    }
}
