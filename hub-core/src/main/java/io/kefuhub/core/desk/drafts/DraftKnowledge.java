package io.kefuhub.core.desk.drafts;

import io.kefuhub.api.Language;
import java.util.List;
import java.util.UUID;

/** What the knowledge of a desk has on a question. Safe for threads; may wait. */
@FunctionalInterface
public interface DraftKnowledge {
    /** A passage, best first among its like. */
    record Passage(String id, String title, String text) {}

    List<Passage> on(UUID desk, Language language, String question);
}
