package io.kefuhub.core.answering.ai;

import io.kefuhub.core.answering.knowledge.Asker;
import java.util.List;
import java.util.UUID;

/** Finds what the hub knows about a question. Safe for threads. */
@FunctionalInterface
public interface Passages {
    /**
     * @param question condensed, so that it can be searched for by itself
     * @return best first; nothing that only seems near
     */
    List<Passage> find(UUID desk, Asker asker, String question, int most);
}
