package io.kefuhub.core.answering.ai.context;

import io.kefuhub.api.StoredFile;
import io.kefuhub.core.answering.ai.Passage;
import java.util.List;
import java.util.Optional;

/**
 * All there is to be told about a question, before it is cut to what fits. Immutable.
 *
 * @param system what is the same in every question of the assistant; never cut
 * @param facts lines of the fact card, the weightiest first
 * @param earlier what was said before the turns below, in short
 * @param past whole turns, oldest first
 * @param passages of the knowledge, best first
 * @param pictures that belong to the question
 */
public record Material(
        String system,
        List<String> facts,
        Optional<String> earlier,
        List<Exchange> past,
        List<Passage> passages,
        String question,
        List<StoredFile> pictures) {
    public Material {
        facts = List.copyOf(facts);
        past = List.copyOf(past);
        passages = List.copyOf(passages);
        pictures = List.copyOf(pictures);
    }

    /** A question without pictures. */
    public Material(
            String system,
            List<String> facts,
            Optional<String> earlier,
            List<Exchange> past,
            List<Passage> passages,
            String question) {
        this(system, facts, earlier, past, passages, question, List.of());
    }

    Material withPictures(List<StoredFile> fewer) {
        return new Material(system, facts, earlier, past, passages, question, fewer);
    }
}
