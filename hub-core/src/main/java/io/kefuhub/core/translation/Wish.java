package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageId;
import java.util.List;
import java.util.Optional;

/**
 * What is to be translated. Immutable.
 *
 * @param about the message it belongs to, for the books; empty where that is yet to be
 */
public record Wish(Conversation conversation, Optional<MessageId> about, List<Part> parts, Language from, Language to) {
    public Wish {
        parts = List.copyOf(parts);
    }
}
