package io.kefuhub.core.delivery;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.conversation.TurnOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What the hub decided to do about the questions of one turn. Immutable.
 *
 * @param conversation as it stood when the turn began; its epoch must still hold when this is written
 * @param questions what is decided on, at least one; the last is the one that is answered
 * @param parts what is said; empty to say nothing
 * @param held whether the reply waits for a person to look at it
 * @param handOver whether the conversation now waits for a person
 * @param language what the customer speaks
 * @param action what the audit calls it, such as {@code question.answered}
 * @param trace how it came about, as a JSON object
 * @param outcome how the turn is counted; empty where the bot was not to speak
 * @param translation what the parts are in the customer's language
 */
public record BotReply(
        Conversation conversation,
        List<Question> questions,
        List<Part> parts,
        boolean held,
        boolean handOver,
        Language language,
        String action,
        String trace,
        Optional<TurnOutcome> outcome,
        Optional<Translated> translation) {
    public BotReply {
        questions = List.copyOf(questions);
        parts = List.copyOf(parts);
        if (questions.isEmpty()) throw new IllegalArgumentException("no question");
    }

    /**
     * A question and what becomes of it.
     *
     * @param state where it goes when the reply counts
     * @param rewritten how it now reads, where a filter changed it
     */
    public record Question(StoredMessage message, MessageState state, Optional<List<Part>> rewritten) {
        MessageId id() {
            return message.id();
        }
    }

    StoredMessage lastQuestion() {
        return questions.getLast().message();
    }
}
