package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.ConversationId;
import java.time.Instant;
import java.util.Map;

/** A note as agents see it; it is known by its place in the feed. */
record NoteView(ConversationId conversation, long feed, PersonRef author, Instant at, String text) {
    Map<String, Object> shown() {
        return Map.of(
                "id",
                conversation + ":" + feed,
                "author",
                Map.of("kind", "agent", "id", author.id(), "name", author.name()),
                "at",
                at,
                "text",
                text);
    }
}
