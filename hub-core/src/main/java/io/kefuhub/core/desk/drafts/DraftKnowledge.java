package io.kefuhub.core.desk.drafts;

import io.kefuhub.core.conversation.Conversation;
import java.util.List;

/** What the knowledge of a desk has on a question. Safe for threads; may wait. */
@FunctionalInterface
public interface DraftKnowledge {
    /** A passage, best first among its like. */
    record Passage(String id, String title, String text) {}

    /** What the customer of this conversation may be told. */
    List<Passage> on(Conversation conversation, String question);
}
