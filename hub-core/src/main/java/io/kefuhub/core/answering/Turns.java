package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.BotReply;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Said;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.plugin.Subject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One turn of a conversation, from what the customer said to what is committed about it. Safe for threads; called for one
 * conversation at a time.
 */
public final class Turns {
    private final FilterChain filters;
    private final Responders responders;
    private final Replies replies;
    private final Customers customers;
    private final Histories histories;
    private final InstantSource clock;

    public Turns(
            FilterChain filters,
            Responders responders,
            Replies replies,
            Customers customers,
            Histories histories,
            InstantSource clock) {
        this.filters = filters;
        this.responders = responders;
        this.replies = replies;
        this.customers = customers;
        this.histories = histories;
        this.clock = clock;
    }

    /**
     * Decides on questions and commits the decision.
     *
     * @param conversation as it stood when the last question was stored
     * @param messages in order, at least one
     */
    CompletableFuture<Said> take(Conversation conversation, List<StoredMessage> messages) {
        var names = customers.names(conversation);
        var trace = new Trace(names.channel());
        var heard = hear(conversation, messages, trace);
        var decision = decide(conversation, names, heard, trace);
        return replies.say(reply(conversation, heard, decision, trace));
    }

    /** Hands questions over to a person without asking anybody: what is left when a turn fails by a defect. */
    CompletableFuture<Said> handOver(Conversation conversation, List<StoredMessage> messages) {
        var names = customers.names(conversation);
        var trace = new Trace(names.channel());
        var language = language(conversation, messages);
        trace.ended("failed");
        var questions = messages.stream()
                .map(message -> new BotReply.Question(message, MessageState.WAITING, Optional.empty()))
                .toList();
        var heard = new Heard(questions, Optional.empty(), language, "");
        return replies.say(reply(conversation, heard, handedOver(HubWords.HANDED_OVER.in(language)), trace));
    }

    /**
     * What was said, after the filters.
     *
     * @param question what is to be answered; empty when the filters stopped everything
     * @param refusal what the customer is told of a message that was turned away; empty when none was
     */
    private record Heard(
            List<BotReply.Question> questions, Optional<Message> question, Language language, String refusal) {}

    /** What to do. */
    private record Decision(List<Part> parts, boolean handOver, String action) {}

    private Heard hear(Conversation conversation, List<StoredMessage> messages, Trace trace) {
        var language = language(conversation, messages);
        var questions = new ArrayList<BotReply.Question>(messages.size());
        var parts = new ArrayList<Part>();
        var refusal = "";
        for (var message : messages) {
            var facts = customers.facts(conversation, language);
            var filtered = about(conversation, message)
                    .of(() -> filters.apply(conversation.id(), message.message(), facts, Stage.CUSTOMER_IN));
            customers.wrote(conversation.id(), message.message().text());
            trace.filteredIn(filtered.trail());
            switch (filtered) {
                case Filtered.Through(var through, var changed, var _) -> {
                    var rewritten = changed ? Optional.of(through.parts()) : Optional.<List<Part>>empty();
                    questions.add(new BotReply.Question(message, MessageState.ANSWERED, rewritten));
                    parts.addAll(through.parts());
                }
                case Filtered.Held _ ->
                    questions.add(new BotReply.Question(message, MessageState.HELD, Optional.empty()));
                case Filtered.Blocked(var _, var _, var _, var words, var _) -> {
                    questions.add(new BotReply.Question(message, MessageState.REFUSED, Optional.empty()));
                    refusal = words.isBlank() ? HubWords.REFUSED.in(language) : words;
                }
            }
        }
        var question = parts.isEmpty() ? Optional.<Message>empty() : Optional.of(new Message(parts));
        return new Heard(questions, question, language, refusal);
    }

    private Decision decide(Conversation conversation, Customers.Names names, Heard heard, Trace trace) {
        if (heard.question().isEmpty()) {
            trace.ended(heard.refusal().isEmpty() ? "held" : "refused");
            return heard.refusal().isEmpty()
                    ? new Decision(List.of(), false, "question.held")
                    : new Decision(List.of(new Part.Text(heard.refusal())), false, "question.refused");
        }
        if (conversation.mode() != Mode.BOT) {
            trace.ended("for a person");
            return new Decision(List.of(), false, "question.waiting");
        }
        var now = clock.instant();
        var turn = new Turn(
                conversation.id().toString(),
                names.desk(),
                names.channel(),
                heard.language(),
                heard.question().get(),
                most -> histories.before(conversation, heard.questions(), now, most),
                customers.contact(conversation));
        for (var responder : responders.inOrder(names.desk())) {
            var reply = responders.ask(responder, turn, trace);
            var by = reply.by();
            switch (reply.asked()) {
                case Asked.Answered<Response>(var response, var nanos) -> {
                    switch (response) {
                        case Response.Pass(var reason) ->
                            trace.passed(by, Reason.of(reply.slot(), reason), nanos / 1_000);
                        case Response.Answer(var parts, var source) -> {
                            trace.answered(by, "answered", source, Reason.of(reply.slot(), source.reason()));
                            return new Decision(parts, false, "question.answered");
                        }
                        case Response.Menu(var menu, var source) -> {
                            trace.answered(by, "offered", source, Reason.of(reply.slot(), source.reason()));
                            return new Decision(List.of(menu), false, "question.offered");
                        }
                        case Response.HandOver(var reason, var words) -> {
                            trace.passed(by, Reason.of(reply.slot(), reason), nanos / 1_000);
                            trace.handedOver(by);
                            return handedOver(words.orElse(HubWords.HANDED_OVER.in(heard.language())));
                        }
                    }
                }
                case Asked.Failed<Response> _, Asked.Late<Response> _, Asked.Unavailable<Response> _ ->
                    trace.passed(by, reply.asked().why(), 0);
            }
        }
        trace.ended("handed over");
        return handedOver(HubWords.HANDED_OVER.in(heard.language()));
    }

    private static Decision handedOver(String words) {
        return new Decision(List.of(new Part.Text(words)), true, "conversation.handed-over");
    }

    /** What filters are asked about: the message itself, and of a reply the message that it answers. */
    private static Subject about(Conversation conversation, StoredMessage message) {
        return new Subject(conversation.id().toString(), message.id().toString());
    }

    private BotReply reply(Conversation conversation, Heard heard, Decision decision, Trace trace) {
        var parts = decision.parts();
        var held = false;
        if (!parts.isEmpty()) {
            var facts = customers.facts(conversation, heard.language());
            var said = new Message(parts);
            var filtered = about(conversation, heard.questions().getLast().message())
                    .of(() -> filters.apply(conversation.id(), said, facts, Stage.BOT_OUT));
            trace.filteredOut(filtered.trail());
            parts = filtered.message().parts();
            held = !(filtered instanceof Filtered.Through);
        }
        var person = decision.handOver() || conversation.mode() != Mode.BOT;
        var questions = heard.questions().stream()
                .map(question -> person && question.state() == MessageState.ANSWERED
                        ? new BotReply.Question(question.message(), MessageState.WAITING, question.rewritten())
                        : question)
                .toList();
        return new BotReply(
                conversation,
                questions,
                parts,
                held,
                decision.handOver(),
                heard.language(),
                decision.action(),
                trace.json());
    }

    private static Language language(Conversation conversation, List<StoredMessage> messages) {
        return Languages.of(messages.getLast().message().text()).orElse(conversation.language());
    }
}
