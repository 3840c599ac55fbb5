package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.BotReply;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hears what customers say, as the filters let it through: each message once. Safe for threads. */
final class Hearing {
    private final FilterChain filters;
    private final Customers customers;
    private final Sentences sentences;

    Hearing(FilterChain filters, Customers customers, Sentences sentences) {
        this.filters = filters;
        this.customers = customers;
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
        var filtered = Heard.about(conversation, message)
                .of(() -> filters.apply(conversation.id(), message.message(), facts, Stage.CUSTOMER_IN));
        customers.wrote(conversation.id(), message.message().text());
        return switch (filtered) {
            case Filtered.Through(var through, var changed, var trail) -> {
                var rewritten = changed ? Optional.of(through.parts()) : Optional.<List<Part>>empty();
                var question = new BotReply.Question(message, MessageState.ANSWERED, rewritten);
                yield new Heard.Line(question, through.parts(), "", trail);
            }
            case Filtered.Held(var _, var _, var _, var trail) -> {
                var question = new BotReply.Question(message, MessageState.HELD, Optional.empty());
                yield new Heard.Line(question, List.of(), "", trail);
            }
            case Filtered.Blocked(var _, var _, var _, var words, var trail) -> {
                var question = new BotReply.Question(message, MessageState.REFUSED, Optional.empty());
                yield new Heard.Line(
                        question, List.of(), words.isBlank() ? sentences.say(HubWords.REFUSED, facts.desk(), language) : words, trail);
            }
        };
    }

    static Language language(Conversation conversation, List<StoredMessage> messages) {
        var before = conversation.language();
        return Languages.of(messages.getLast().message().text())
                .map(told -> Languages.refined(told, before))
                .orElse(before);
    }
}
