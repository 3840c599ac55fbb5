package io.kefuhub.core.answering.passages;

import java.util.List;

/**
 * What was found for a question, best first; nothing where nothing comes near enough to be leant on.
 *
 * @param meaning whether meanings were compared too, or words alone
 */
public record PassagesFound(List<Passage> passages, Meaning meaning) {
    /** What was known of meanings. */
    public enum Meaning {
        /** No model for it is set up, or it has not seen everything yet. */
        OFF,
        COMPARED,
        /** The model did not answer in time. */
        AWAY
    }

    public PassagesFound {
        passages = List.copyOf(passages);
    }

    public boolean isEmpty() {
        return passages.isEmpty();
    }
}
