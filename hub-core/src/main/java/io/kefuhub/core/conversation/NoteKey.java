package io.kefuhub.core.conversation;

import java.util.UUID;

/**
 * What makes a note unique.
 *
 * @param cid the id that its author's browser gave it
 */
public record NoteKey(ConversationId conversation, UUID author, String cid) {}
