package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.LanguagePair;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.BotReply;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.translation.Interpreter;
import io.kefuhub.core.translation.Tongues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hears what customers say, as the filters let it through: each message once. Safe for threads. */
final class Hearing {
    private final FilterChain filters;
    private final Customers customers;
    private final Interpreter interpreter;
    private final Sentences sentences;

    Hearing(FilterChain filters, Customers customers, Interpreter interpreter, Sentences sentences) {
        this.filters = filters;
        this.customers = customers;
        this.interpreter = interpreter;
        this.sentences = sentences;
    }

    /** Hears messages beside what was heard before in the same turn. */
    Heard hear(Conversation conversation, Heard before, List<StoredMessage> messages) {
        var language = messages.isEmpty() ? before.language() : language(conversation, messages);
        var lines = new ArrayList<>(before.lines());
        for (var message : messages) lines.add(hear(conversation, message, language));
        return new Heard(lines, language, before.calledOff());
    }

    private Heard.Line hear(Conversation conversation, StoredMessage message, Language language) {
        var facts = customers.facts(conversation, language);
        var filtered = Heard.about(conversation, message).of(() -> judged(conversation, message, facts));
        if (!message.isHeardAgain()) {
            customers.wrote(conversation.id(), message.message().text());
        }
        return switch (filtered) {
            case Filtered.Through(var through, var changed, var trail) -> {
                var rewritten = changed ? Optional.of(through.parts()) : Optional.<List<Part>>empty();
                interpreter.heard(conversation, message, through.parts(), language);
                var question = new BotReply.Question(message, MessageState.ANSWERED, rewritten);
                yield new Heard.Line(question, through.parts(), "", trail);
            }
            case Filtered.Held held -> {
                interpreter.heard(conversation, message, message.parts(), language);
                // As the filter saw it: that is what a reviewer is shown, and what goes on.
                var kept = held.message().parts();
                var rewritten = kept.equals(message.parts()) ? Optional.<List<Part>>empty() : Optional.of(kept);
                var why = held.hold(Stage.CUSTOMER_IN).orElseThrow();
                yield new Heard.Line(BotReply.Question.held(message, rewritten, why), List.of(), "", held.trail());
            }
            case Filtered.Blocked(var _, var _, var _, var words, var trail) -> {
                var question = new BotReply.Question(message, MessageState.REFUSED, Optional.empty());
                yield new Heard.Line(
                        question,
                        List.of(),
                        words.isBlank() ? sentences.say(HubWords.REFUSED, facts.desk(), language) : words,
                        trail);
            }
        };
    }

    /** What a person let go on is judged by those filters only that had not been asked. */
    private Filtered judged(Conversation conversation, StoredMessage message, Facts facts) {
        return customers
                .overruled(message)
                .map(filter -> filters.resume(conversation.id(), message.message(), facts, Stage.CUSTOMER_IN, filter))
                .orElseGet(() -> filters.apply(conversation.id(), message.message(), facts, Stage.CUSTOMER_IN));
    }

    static Language language(Conversation conversation, List<StoredMessage> messages) {
        if (conversation.languages().by() == LanguagePair.By.PERSON) return conversation.language();
        return Tongues.heard(messages.getLast().message().text(), conversation.language());
    }
}
