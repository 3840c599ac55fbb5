package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Hold;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.translation.Interpreter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The only door through which anything is said to a customer. Safe for threads.
 *
 * <p>One speaker: what the bot says counts only while the conversation's epoch is the one it was made under; else it is
 * kept as a draft that only agents see. One answer: a question's answer is stored under the question's own key, so that a
 * second one, after a crash in the middle, finds the first. What customers take back or change while they are answered makes
 * the answer {@link Said.Stale stale}.
 */
public final class Replies {
    private final Journal journal;
    private final FilterChain filters;
    private final Ids ids;
    private final Function<ChannelId, Optional<Abilities>> channels;
    private final Interpreter interpreter;

    /**
     * @param channels how each sends; empty where that is not known yet
     */
    public Replies(
            Journal journal,
            FilterChain filters,
            Ids ids,
            Function<ChannelId, Optional<Abilities>> channels,
            Interpreter interpreter) {
        this.journal = journal;
        this.filters = filters;
        this.ids = ids;
        this.channels = channels;
        this.interpreter = interpreter;
    }

    /** Commits what the hub decided; the reply has been through the filters. */
    public CompletableFuture<Said> say(BotReply reply) {
        var place = reply.conversation().place();
        var key = new Messages.Key(place.channel(), "r:" + reply.lastQuestion().id());
        var step = new BotStep(
                reply, new MessageId(ids.next()), key.externalId(), outState(place), window(place.channel()));
        var conversation = reply.conversation().id();
        var written =
                reply.parts().isEmpty() ? journal.write(conversation, step) : journal.write(conversation, key, step);
        return written.thenApply(Journal.Written::result);
    }

    /**
     * Says a line of the hub's own while a question is answered, unless somebody else speaks by now: no answer, so nothing
     * becomes of the question by it. Once for each question.
     */
    CompletableFuture<Journal.Written<Boolean>> aside(Conversation conversation, StoredMessage question, String words) {
        var place = conversation.place();
        var key = new Messages.Key(place.channel(), "w:" + question.id());
        var aside = new Utterance(
                new MessageId(ids.next()),
                Speaker.HUB,
                List.of(new Part.Text(words)),
                outState(place),
                key.externalId(),
                Optional.empty(),
                Optional.empty());
        return journal.write(
                conversation.id(), key, new AsideStep(conversation.epoch(), aside, window(place.channel())));
    }

    /**
     * Keeps an answer that came when its turn had ended without it: for agents to see, never to be sent.
     *
     * @param question the one that was answered
     * @param trace how it came about, as a JSON object
     */
    public CompletableFuture<Boolean> keep(
            Conversation conversation, StoredMessage question, List<Part> parts, String trace) {
        var key = new Messages.Key(conversation.place().channel(), "l:" + question.id());
        var late = new Utterance(
                new MessageId(ids.next()),
                Speaker.BOT,
                parts,
                MessageState.DISCARDED,
                key.externalId(),
                Optional.of(question.id()),
                Optional.of(trace));
        return journal.write(conversation.id(), key, new LateStep(late)).thenApply(Journal.Written::result);
    }

    /**
     * Filters, translates and commits what an agent says; only the agent who has the conversation may speak in it. Waits for
     * a translation, but not for long.
     */
    public CompletableFuture<Said> say(AgentReply reply, Conversation conversation, Facts facts) {
        var filtered = filters.apply(conversation.id(), new Message(reply.parts()), facts, Stage.AGENT_OUT);
        if (filtered instanceof Filtered.Blocked(var _, var filter, var reason, var _, var _)) {
            return CompletableFuture.completedFuture(new Said.Stopped(filter, reason));
        }
        var place = conversation.place();
        var key = new Messages.Key(place.channel(), "a:" + reply.agent().id() + ":" + reply.cid());
        var message = filtered.message();
        var held = filtered.hold(Stage.AGENT_OUT);
        // What waits for a reviewer may still change: it is not translated.
        var rendered = held.isEmpty() && speaks(reply, conversation)
                ? rendered(conversation, message.parts(), facts, Stage.AGENT_OUT)
                : Interpreter.Rendered.NOTHING;
        var step = new AgentStep(
                reply,
                message,
                rendered.now(),
                new MessageId(ids.next()),
                key.externalId(),
                outState(place),
                held,
                window(place.channel()));
        return journal.write(conversation.id(), key, step)
                .thenApply(Journal.Written::result)
                .thenApply(said -> {
                    rendered.later().ifPresent(late -> keepLate(conversation, said, late));
                    return said;
                });
    }

    /** What words that may go are in the customer's language, if they wait for that; judged by the filters as they were. */
    Interpreter.Rendered rendered(Conversation conversation, List<Part> parts, Facts facts, Stage stage) {
        var made = interpreter.forCustomer(conversation, parts, conversation.language());
        return new Interpreter.Rendered(
                made.now().map(translated -> judged(translated, conversation, facts, stage)), made.later());
    }

    private static boolean speaks(AgentReply reply, Conversation conversation) {
        return conversation.mode() == Mode.AGENT
                && conversation
                        .standing()
                        .assignee()
                        .filter(agent -> agent.id().equals(reply.agent().id()))
                        .isPresent();
    }

    /**
     * What the customer may read of a translation: what the filters let through, which judge it as they judged the
     * original. One that they stop is not sent, and the original goes.
     */
    public Translated judged(Translated made, Conversation conversation, Facts facts, Stage stage) {
        if (!made.isProven()) return made;
        var filtered = filters.apply(conversation.id(), new Message(made.parts()), facts, stage);
        return filtered instanceof Filtered.Through(var through, var _, var _)
                ? made.withParts(through.parts()).asSent()
                : Translated.none(made.from(), made.to(), Translated.Outcome.FAILED, made.by(), "filter:");
    }

    /** Lets agents see a translation that came when the original had gone. */
    public void keepLate(Conversation conversation, Said said, CompletableFuture<Optional<Translated>> late) {
        if (!(said instanceof Said.Done(var message, var _, var repeated)) || repeated) return;
        var _ = late.thenAccept(made ->
                made.ifPresent(translated -> journal.write(conversation.id(), message, Step.of(page -> {
                    page.translate(message, translated);
                    return true;
                }))));
    }

    /** The state of a reply that may go: on its way, or seen by those who read the timeline. */
    MessageState outState(Conversation.Place place) {
        var read = channels.apply(place.channel())
                .filter(abilities -> abilities.delivery() == Abilities.DeliveryKind.READ_FROM_TIMELINE);
        return read.isPresent() ? MessageState.SENT : MessageState.READY;
    }

    /** What the channel allows to be sent. */
    SendWindow window(ChannelId channel) {
        return channels.apply(channel).map(SendWindow::of).orElse(SendWindow.UNLIMITED);
    }

    /** How much may be said to the customer now, as far as the conversation tells; costs no look at the database. */
    public Allowance allowance(Conversation conversation, Instant now) {
        return window(conversation.place().channel()).at(conversation.heard(), now);
    }

    private record BotStep(BotReply reply, MessageId id, String externalId, MessageState out, SendWindow window)
            implements Step<Said> {
        @Override
        public Said write(Page page) {
            if (page.revision() != reply.conversation().revision()) return new Said.Stale();
            var counts = page.epoch() == reply.conversation().epoch();
            var goesOut = counts && !reply.parts().isEmpty() && reply.held().isEmpty();
            var spoken = goesOut ? Spoken.within(window, page, reply) : Spoken.of(reply);
            // Two answers may have been made at once, or a person have spoken: what the platform would not take is a
            // draft.
            var unsent = goesOut && spoken.parts().isEmpty();
            var person = counts && (reply.handOver() || unsent && reply.answersSomething());
            page.speaks(reply.language());
            for (var question : reply.questions()) {
                // What a filter keeps is kept, whoever speaks by now.
                var held = question.held();
                var state = counts || held.isPresent() ? question.state() : overtaken(page.mode());
                if (unsent && state == MessageState.ANSWERED) state = MessageState.WAITING;
                var trace = Optional.of(reply.trace());
                if (question.rewritten().isPresent()) {
                    page.rewrite(question.message(), state, question.rewritten().get(), trace);
                } else if (held.isPresent()) {
                    page.report(question.message(), state, trace);
                } else {
                    page.settle(question.id(), state, trace);
                }
                held.ifPresent(why -> page.hold(question.id(), why));
            }
            var seq = 0L;
            if (!reply.parts().isEmpty()) {
                var state = !counts || unsent
                        ? MessageState.DISCARDED
                        : reply.held().isPresent() ? MessageState.HELD : out;
                seq = page.say(new Utterance(
                                        id,
                                        Speaker.BOT,
                                        unsent ? reply.parts() : spoken.parts(),
                                        state,
                                        externalId,
                                        Optional.of(reply.lastQuestion().id()),
                                        Optional.of(spoken.trace()))
                                .withTranslation(unsent ? reply.translation() : spoken.translation()))
                        .orElse(0);
                if (goesOut && !unsent) page.spend(spoken.cost());
            }
            if (counts) reply.outcome().ifPresent(page::turned);
            if (person) page.enter(Mode.WAITING, Optional.empty());
            if (counts && !reply.parts().isEmpty()) reply.held().ifPresent(why -> page.hold(id, why));
            page.audit(new AuditEntry(
                    page.now(),
                    "hub",
                    counts && !unsent || reply.parts().isEmpty() ? reply.action() : "answer.discarded",
                    "message:" + reply.lastQuestion().id(),
                    Optional.of(page.id().value()),
                    "{}"));
            return new Said.Done(id, seq, false);
        }

        /** Another speaker took over meanwhile: a person's question stays a person's. */
        private static MessageState overtaken(Mode mode) {
            return mode == Mode.BOT ? MessageState.ANSWERED : MessageState.WAITING;
        }

        @Override
        public Said repeated(Page page, Messages.Earlier earlier) {
            return new Said.Done(earlier.id(), earlier.seq(), true);
        }
    }

    private record AsideStep(int epoch, Utterance aside, SendWindow window) implements Step<Boolean> {
        @Override
        public Boolean write(Page page) {
            if (page.epoch() != epoch) return false;
            var cost = window.isLimited() ? window.cost(aside.parts()) : 0;
            // The answer itself must still have room.
            if (cost > 0 && window.at(page.heard(), page.now()).forHub() <= cost) return false;
            page.spend(cost);
            page.say(aside);
            return true;
        }

        @Override
        public Boolean repeated(Page page, Messages.Earlier earlier) {
            return true;
        }
    }

    private record LateStep(Utterance late) implements Step<Boolean> {
        @Override
        public Boolean write(Page page) {
            page.say(late);
            return true;
        }

        @Override
        public Boolean repeated(Page page, Messages.Earlier earlier) {
            return true;
        }
    }

    private record AgentStep(
            AgentReply reply,
            Message message,
            Optional<Translated> translation,
            MessageId id,
            String externalId,
            MessageState out,
            Optional<Hold> held,
            SendWindow window)
            implements Step<Said> {
        @Override
        public Said write(Page page) {
            var mine = page.assignee()
                    .filter(agent -> agent.id().equals(reply.agent().id()))
                    .isPresent();
            if (page.mode() != Mode.AGENT || !mine) return new Said.NotYours(page.mode(), page.assignee());
            if (window.isLimited() && held.isEmpty()) {
                var allowance = window.at(page.heard(), page.now());
                var cost = window.cost(translation
                        .filter(Translated::sent)
                        .map(Translated::parts)
                        .orElse(message.parts()));
                if (cost > allowance.left()) return new Said.NoRoom(allowance, cost);
                page.spend(cost);
            }
            var seq = page.say(new Utterance(
                                    id,
                                    Speaker.agent(reply.agent()),
                                    message.parts(),
                                    held.isPresent() ? MessageState.HELD : out,
                                    externalId,
                                    Optional.empty(),
                                    Optional.empty())
                            .withTranslation(translation))
                    .orElse(0);
            held.ifPresentOrElse(why -> page.hold(id, why), page::answerWaiting);
            page.audit(new AuditEntry(
                    page.now(),
                    "person:" + reply.agent().id(),
                    "conversation.replied",
                    "message:" + id,
                    Optional.of(page.id().value()),
                    "{}"));
            return new Said.Done(id, seq, false);
        }

        @Override
        public Said repeated(Page page, Messages.Earlier earlier) {
            return new Said.Done(earlier.id(), earlier.seq(), true);
        }
    }
}
