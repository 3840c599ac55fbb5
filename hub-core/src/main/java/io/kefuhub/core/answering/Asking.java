package io.kefuhub.core.answering;

import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.delivery.GrowingAnswer;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.translation.Interpreter;
import io.kefuhub.core.translation.Tongues;
import io.kefuhub.core.translation.Wish;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn's way through the responders, until one does not pass. Those that answer from memory are asked right here; for
 * all others the customer is attended to. One thread only.
 */
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final AnswerSink NOBODY_LOOKS = _ -> {};

    private final TurnParts parts;
    private final Conversation conversation;
    private final Customers.Names names;
    private final Heard heard;
    private final GrowingAnswer answer;
    private final Trace trace;
    private final Wanted wanted;
    private final Turn turn;
    private Optional<Attendance> attendance = Optional.empty();

    Asking(
            TurnParts parts,
            Conversation conversation,
            Customers.Names names,
            Heard heard,
            GrowingAnswer answer,
            Trace trace,
            Wanted wanted) {
        this.parts = parts;
        this.conversation = conversation;
        this.names = names;
        this.heard = heard;
        this.answer = answer;
        this.trace = trace;
        this.wanted = wanted;
        var now = parts.clock().instant();
        turn = new Turn(
                conversation.id().toString(),
                names.desk(),
                names.channel(),
                heard.language(),
                heard.question().orElseThrow(),
                most -> parts.histories().before(conversation, heard.questions(), now, most),
                parts.customers().contact(conversation));
    }

    /** Nothing that is decided counts when the turn is left to the next. */
    Decision decision() throws InterruptedException {
        try {
            for (var responder : parts.responders().inOrder(names.desk())) {
                var isQuick = parts.responders().isQuick(responder);
                var decision = isQuick
                        ? decided(question(responder, turn, NOBODY_LOOKS).get())
                        : attended(responder, sink -> question(responder, turn, sink));
                if (decision.isEmpty() && isQuick && isAbroad()) {
                    decision = attended(responder, sink -> () -> questionAtHome(responder, sink));
                }
                if (decision.isPresent()) return decision.get();
            }
            trace.ended("handed over");
            return Decision.handedOver(says(HubWords.HANDED_OVER), "", Optional.empty());
        } finally {
            attendance.ifPresent(Attendance::end);
        }
    }

    /** Under the notes of what models are asked, and on whose behalf. */
    private Supplier<Responders.Reply> question(Slot<Responder> responder, Turn asked, AnswerSink sink) {
        var notes = new CallNotes(
                new Payer(
                        names.desk(),
                        names.channel(),
                        responder.instance(),
                        conversation.place().contact().toString(),
                        Optional.of(conversation.id().value()),
                        Optional.of(heard.last().id().value())),
                answer::mayBeMadeAnew);
        trace.asks(notes);
        return () -> Heard.about(conversation, heard.last())
                .of(() -> notes.during(() -> parts.responders().ask(responder, asked, sink, trace)));
    }

    /** Whether the customer speaks another language than those whose knowledge is asked, and somebody translates. */
    private boolean isAbroad() {
        var interpreter = parts.interpreter();
        return interpreter.serves(conversation)
                && !Tongues.same(heard.language(), interpreter.agents(conversation))
                && !heard.question().orElseThrow().text().isBlank();
    }

    /** What answers from memory found nothing in the customer's language, and is asked in the desk's. */
    private Responders.Reply questionAtHome(Slot<Responder> responder, AnswerSink sink) {
        var home = parts.interpreter().agents(conversation);
        var wish = new Wish(
                conversation, Optional.of(heard.last().id()), turn.question().parts(), heard.language(), home);
        var translated = parts.interpreter()
                .render(wish)
                .completeOnTimeout(Optional.empty(), Interpreter.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .filter(Translated::isProven);
        if (translated.isEmpty()) {
            var pass = new Response.Pass(Reason.Code.NOTHING_NEAR.key());
            return new Responders.Reply(responder, false, new Asked.Answered<>(pass, 0));
        }
        var atHome = new Turn(
                turn.conversationId(),
                turn.desk(),
                turn.channel(),
                home,
                new Message(translated.get().parts()),
                turn.history(),
                turn.contact());
        return question(responder, atHome, sink).get();
    }

    private Optional<Decision> attended(
            Slot<Responder> responder, Function<AnswerSink, Supplier<Responders.Reply>> question)
            throws InterruptedException {
        var attends = attendance.orElseGet(() -> new Attendance(
                conversation,
                heard,
                wanted,
                answer,
                parts.signs(),
                () -> parts.candidates().of(turn),
                this::says,
                parts.times().get()));
        attendance = Optional.of(attends);
        if (attends.awaitsMore(parts.responders().isSlow(responder))) return Optional.of(calledOff(responder));
        var met = attends.ask(question.apply(attends.sink()));
        if (met.reply().isEmpty()) {
            var _ = met.late().thenAccept(this::keep);
            return Optional.of(calledOff(responder));
        }
        var reply = met.reply().get();
        var decision = decided(reply);
        if (decision.isPresent() || reply.asked() instanceof Asked.Answered<Response>) return decision;
        var shown = answer.shown();
        // Nobody else goes on in the middle of a sentence.
        return shown.isEmpty() ? decision : Optional.of(handedOver(reply.by(), shown));
    }

    private Optional<Decision> decided(Responders.Reply reply) {
        var by = reply.by();
        if (!(reply.asked() instanceof Asked.Answered<Response>(var response, var nanos))) {
            trace.passed(by, reply.asked().why(), 0);
            return Optional.empty();
        }
        return switch (response) {
            case Response.Pass(var reason) -> {
                trace.passed(by, Reason.of(reply.slot(), reason), nanos / 1_000);
                yield Optional.empty();
            }
            case Response.Answer(var words, var source) -> {
                trace.answered(by, "answered", source, Reason.of(reply.slot(), source.reason()));
                yield Optional.of(new Decision(words, false, "question.answered"));
            }
            case Response.Menu(var menu, var source) -> {
                trace.answered(by, "offered", source, Reason.of(reply.slot(), source.reason()));
                yield Optional.of(new Decision(List.of(menu), false, "question.offered"));
            }
            case Response.HandOver(var reason, var words) -> {
                trace.passed(by, Reason.of(reply.slot(), reason), nanos / 1_000);
                trace.handedOver(by);
                yield Optional.of(Decision.handedOver(says(HubWords.HANDED_OVER), "", words));
            }
        };
    }

    private Decision calledOff(Slot<Responder> responder) {
        if (wanted.why().filter(why -> why == Wanted.Why.TOO_LATE).isEmpty()) {
            trace.ended("for a person");
            return Decision.FOR_A_PERSON;
        }
        var by = new Trace.By(responder.instance(), responder.plugin().version(), false);
        trace.passed(by, Reason.Code.LATE.known(trace.millis()), 0);
        return handedOver(by, answer.shown());
    }

    private String says(HubWords what) {
        return parts.sentences().say(what, names.desk(), heard.language());
    }

    private Decision handedOver(Trace.By by, String shown) {
        trace.handedOver(by);
        return Decision.handedOver(says(HubWords.HANDED_OVER), shown, Optional.empty());
    }

    /** An answer that came after all: agents may see it. */
    private void keep(Responders.Reply reply) {
        if (wanted.why().filter(Wanted.Why::isKept).isEmpty()) return;
        if (!(reply.asked() instanceof Asked.Answered<Response>(Response.Answer(var words, var source), var _))) return;
        try {
            var late = trace.late();
            late.answered(reply.by(), "answered", source, Reason.of(reply.slot(), source.reason()));
            var filtered = parts.filterOut(conversation, heard, words);
            late.filteredOut(filtered.trail());
            List<Part> said = filtered.message().parts();
            var _ = parts.replies().keep(conversation, heard.last(), said, late.json());
        } catch (RuntimeException e) {
            LOG.warn("A late answer was not kept", e);
        }
    }
}
