package io.kefuhub.core.delivery;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Hold;
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
 * @param questions what is decided on, at least one; {@link #answered} says which is answered
 * @param parts what is said; empty to say nothing
 * @param held why the reply waits for a person to look at it; empty where it does not
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
        Optional<Hold> held,
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
     * @param held why a person must look at it first; present where that is so
     */
    public record Question(
            StoredMessage message, MessageState state, Optional<List<Part>> rewritten, Optional<Hold> held) {
        /** One that no filter keeps. */
        public Question(StoredMessage message, MessageState state, Optional<List<Part>> rewritten) {
            this(message, state, rewritten, Optional.empty());
        }

        public static Question held(StoredMessage message, Optional<List<Part>> rewritten, Hold why) {
            return new Question(message, MessageState.HELD, rewritten, Optional.of(why));
        }

        MessageId id() {
            return message.id();
        }
    }

    /** The one that is answered: the last, but of those that are kept only where there is no other. */
    public static StoredMessage answered(List<Question> questions) {
        return questions.reversed().stream()
                .filter(question -> question.held().isEmpty())
                .findFirst()
                .orElse(questions.getLast())
                .message();
    }

    /** Whether any of the questions would count as answered. */
    boolean answersSomething() {
        return questions.stream().anyMatch(question -> question.state() == MessageState.ANSWERED);
    }

    StoredMessage lastQuestion() {
        return answered(questions);
    }
}
