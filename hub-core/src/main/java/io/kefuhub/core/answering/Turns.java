package io.kefuhub.core.answering;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Hold;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.conversation.TurnOutcome;
import io.kefuhub.core.delivery.BotReply;
import io.kefuhub.core.delivery.Drafts;
import io.kefuhub.core.delivery.GrowingAnswer;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Said;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.translation.Interpreter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One turn of a conversation, from what the customer said to what is committed about it. Safe for threads; called for one
 * conversation at a time.
 *
 * <p>Responders that answer from memory are asked on the thread of the turn. All others work on a thread of their own while
 * the turn attends to the customer, and may be called off.
 */
public final class Turns {
    private final TurnParts parts;
    private final Hearing hearing;
    private final Replies replies;
    private final Customers customers;
    private final Drafts drafts;

    public Turns(TurnParts parts) {
        this.parts = parts;
        this.hearing = new Hearing(parts.filters(), parts.customers(), parts.interpreter(), parts.sentences());
        this.replies = parts.replies();
        this.customers = parts.customers();
        this.drafts = parts.drafts();
    }

    /** How a turn ended. */
    sealed interface Ended {
        /**
         * What was decided is being committed.
         *
         * @param heard left to the next turn all the same where it turns out to be stale
         */
        record Decided(CompletableFuture<Said> said, Heard heard) implements Ended {}

        /** Nothing was decided: it is left to the next turn, together with what was said meanwhile. */
        record Left(Heard heard) implements Ended {}
    }

    /**
     * What a turn hears meanwhile.
     *
     * @param epoch that the answer would be said under
     * @param mayBeJoined whether what the customer writes on may call it off
     */
    Wanted wanted(int epoch, boolean mayBeJoined) {
        return new Wanted(epoch, mayBeJoined, parts.sentences());
    }

    /**
     * Decides on questions and commits the decision.
     *
     * @param conversation as it stood when the last question was stored
     * @param before what was left by the turn before
     * @param messages in order; at least one, or something was left
     */
    Ended take(Conversation conversation, Heard before, List<StoredMessage> messages, Wanted wanted)
            throws InterruptedException {
        var names = customers.names(conversation);
        var trace = new Trace(names.channel());
        var heard = hearing.hear(conversation, before, messages);
        heard.lines().forEach(line -> trace.filteredIn(line.trail()));
        var answer = drafts.begin(conversation, heard.last(), () -> customers.facts(conversation, heard.language()));
        var decision = decide(conversation, names, heard, answer, trace, wanted);
        var off = wanted.decided();
        if (off.filter(Wanted.Why::isLeft).isPresent()) {
            if (off.get() != Wanted.Why.HUB_ENDS) answer.withdraw();
            return new Ended.Left(off.get() == Wanted.Why.CHOSE ? heard.settled() : heard.again());
        }
        var made = reply(conversation, heard, decision.withParts(answer.rest(decision.parts())), trace);
        return new Ended.Decided(
                replies.say(made.reply()).thenApply(said -> {
                    withdrawUnlessSaid(said, answer);
                    made.late().ifPresent(late -> replies.keepLate(conversation, said, late));
                    return said;
                }),
                heard);
    }

    /**
     * Ends what was begun of an answer before the hub died, or its turn failed, and cannot go on: what was said of it stays,
     * and its end says that it is not whole.
     *
     * @return what is still to be answered, in the place of what was left and of the messages; empty where nothing was begun
     */
    Optional<Heard> endBroken(Conversation conversation, Heard before, List<StoredMessage> messages) {
        if (conversation.mode() != Mode.BOT) return Optional.empty();
        var asked = Stream.concat(before.messages().stream(), messages.stream())
                .map(StoredMessage::id)
                .toList();
        var begun = drafts.begun(conversation, asked);
        if (begun.isEmpty()) return Optional.empty();
        var heard = hearing.hear(conversation, before, messages);
        var end = asked.indexOf(begun.get()) + 1;
        var broken = heard.upTo(end);
        var trace = new Trace(customers.names(conversation).channel());
        broken.lines().forEach(line -> trace.filteredIn(line.trail()));
        trace.brokeOff();
        var words = new Part.Text(Incomplete.in(broken.language()));
        var decision = new Decision(List.of(words), false, "question.answered");
        var said = replies.say(reply(conversation, broken, decision, trace).reply())
                .join();
        return said instanceof Said.Stale ? Optional.empty() : Optional.of(heard.from(end));
    }

    /** Hands questions over to a person without asking anybody: what is left when a turn fails by a defect. */
    CompletableFuture<Said> handOver(Conversation conversation, Heard before, List<StoredMessage> messages) {
        var trace = new Trace(customers.names(conversation).channel());
        trace.ended("failed");
        var all = Stream.concat(before.messages().stream(), messages.stream()).toList();
        var lines = all.stream()
                .map(message -> new BotReply.Question(message, MessageState.WAITING, Optional.empty()))
                .map(question -> new Heard.Line(question, List.of(), "", List.of()))
                .toList();
        var heard = new Heard(lines, Hearing.language(conversation, all), 0);
        return replies.say(reply(conversation, heard, handedOver(conversation, heard), trace)
                .reply());
    }

    private Decision handedOver(Conversation conversation, Heard heard) {
        var desk = customers.names(conversation).desk();
        return Decision.handedOver(
                parts.sentences().say(HubWords.HANDED_OVER, desk, heard.language()), "", Optional.empty());
    }

    private Decision decide(
            Conversation conversation,
            Customers.Names names,
            Heard heard,
            GrowingAnswer answer,
            Trace trace,
            Wanted wanted)
            throws InterruptedException {
        if (heard.question().isEmpty()) {
            var refusal = heard.refusal();
            trace.ended(refusal.isEmpty() ? "held" : "refused");
            return refusal.isEmpty()
                    ? new Decision(List.of(), false, "question.held")
                    : new Decision(List.of(new Part.Text(refusal)), false, "question.refused");
        }
        if (conversation.mode() != Mode.BOT) {
            trace.ended("for a person");
            return Decision.FOR_A_PERSON;
        }
        if (parts.replies().allowance(conversation, parts.clock().instant()).forHub() == 0) {
            // An answer would be paid for and not be sent: the customer's platform takes no more of the hub.
            trace.passed(Trace.By.HUB, Reason.Code.SEND_WINDOW.known(""), 0);
            trace.handedOver(Trace.By.HUB);
            return new Decision(List.of(), true, "conversation.handed-over");
        }
        if (heard.asksForPerson(parts.sentences())) {
            trace.passed(Trace.By.HUB, Reason.Code.ASKED_FOR_PERSON.known(""), 0);
            trace.handedOver(Trace.By.HUB);
            return handedOver(conversation, heard);
        }
        return new Asking(parts, conversation, names, heard, answer, trace, wanted).decision();
    }

    /** What is committed, and what of it comes later. */
    private record Made(BotReply reply, Optional<CompletableFuture<Optional<Translated>>> late) {}

    private Made reply(Conversation conversation, Heard heard, Decision decision, Trace trace) {
        var said = decision.parts();
        var held = Optional.<Hold>empty();
        if (!said.isEmpty()) {
            var filtered = parts.filterOut(conversation, heard, said);
            trace.filteredOut(filtered.trail());
            said = filtered.message().parts();
            held = filtered.hold(Stage.BOT_OUT);
        }
        var rendered = held.isPresent() ? Interpreter.Rendered.NOTHING : translated(conversation, heard, said, trace);
        var person = decision.handOver() || conversation.mode() != Mode.BOT || decision.equals(Decision.FOR_A_PERSON);
        var questions = heard.questions().stream()
                .map(question -> person && question.state() == MessageState.ANSWERED
                        ? new BotReply.Question(question.message(), MessageState.WAITING, question.rewritten())
                        : question)
                .toList();
        var reply = new BotReply(
                conversation,
                questions,
                said,
                held,
                decision.handOver(),
                heard.language(),
                decision.action(),
                trace.json(),
                conversation.mode() == Mode.BOT ? Optional.of(counted(conversation, heard, trace)) : Optional.empty(),
                rendered.now());
        return new Made(reply, rendered.later());
    }

    /** What the desk knows stands in its own language; who asks in another one is answered in that. */
    private Interpreter.Rendered translated(Conversation conversation, Heard heard, List<Part> said, Trace trace) {
        if (said.isEmpty() || !trace.isFromKnowledge()) return Interpreter.Rendered.NOTHING;
        var rendered = parts.interpreter().forCustomer(conversation, said, heard.language());
        var facts = customers.facts(conversation, heard.language());
        return new Interpreter.Rendered(
                rendered.now().map(made -> replies.judged(made, conversation, facts, Stage.BOT_OUT)), rendered.later());
    }

    private TurnOutcome counted(Conversation conversation, Heard heard, Trace trace) {
        var outcome =
                trace.outcome(heard.last().id(), customers.names(conversation).desk());
        parts.metrics().turned(outcome, trace.remarks());
        return outcome;
    }

    /** The reply takes the place of what was shown of it; where the customer gets none, nothing stays. */
    private static void withdrawUnlessSaid(Said said, GrowingAnswer answer) {
        if (!answer.isMade() || (said instanceof Said.Done(var _, var seq, var _) && seq > 0)) return;
        Thread.ofVirtual().name("withdraw").start(answer::withdraw);
    }
}
