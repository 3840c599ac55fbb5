package io.kefuhub.core.conversation;

import java.util.List;

/**
 * What one transaction did to one conversation.
 *
 * @param after the conversation as it stands now
 * @param events in order
 */
public record Commit(Conversation after, List<FeedEvent> events) {
    public Commit {
        events = List.copyOf(events);
    }
}
