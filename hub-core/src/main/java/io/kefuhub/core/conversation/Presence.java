package io.kefuhub.core.conversation;

/** Something live about a conversation that is told and never stored. */
public sealed interface Presence {
    ConversationId conversation();

    record CustomerTyping(ConversationId conversation, boolean on) implements Presence {}

    record AgentTyping(ConversationId conversation, Assignee agent, boolean on) implements Presence {}

    /** The answer that is being made, as far as it may be shown. */
    record Drafted(ConversationId conversation, String answerId, String text) implements Presence {}
}
