package io.kefuhub.core.conversation;

import io.kefuhub.api.message.Part;
import java.util.List;

/** Something live about a conversation that is told and never stored. */
public sealed interface Presence {
    ConversationId conversation();

    record CustomerTyping(ConversationId conversation, boolean on) implements Presence {}

    record AgentTyping(ConversationId conversation, Assignee agent, boolean on) implements Presence {}

    /**
     * The answer that is being made, as far as it may be shown.
     *
     * @param answerId the question's id
     * @param text empty when nothing of it counts any more
     */
    record Drafted(ConversationId conversation, String answerId, String text) implements Presence {}

    /**
     * How it stands with an answer that takes its time.
     *
     * @param answerId the question's id
     * @param on whether it is still being made
     * @param words what is shown beside the wait; empty for nothing
     * @param offers what may be meant
     */
    record Working(
            ConversationId conversation, String answerId, boolean on, String words, List<Part.Menu.Option> offers)
            implements Presence {
        public Working {
            offers = List.copyOf(offers);
        }
    }
}
