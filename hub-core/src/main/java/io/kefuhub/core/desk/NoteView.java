package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.FeedEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A note as agents see it; it is known by its place in the feed. */
record NoteView(
        ConversationId conversation, long feed, PersonRef author, Instant at, Optional<String> cid, String text) {
    static NoteView of(ConversationId conversation, FeedEvent event, EventBody.Noted note) {
        return new NoteView(
                conversation, event.feed(), PersonRef.of(note.author()), event.at(), note.cid(), note.text());
    }

    Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", conversation + ":" + feed);
        shown.put("author", Map.of("kind", "agent", "id", author.id(), "name", author.name()));
        shown.put("at", at);
        cid.ifPresent(id -> shown.put("cid", id));
        shown.put("text", text);
        return shown;
    }
}
