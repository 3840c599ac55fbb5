package io.kefuhub.core.answering;

import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Outcome;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Trial;
import java.time.Duration;
import java.util.List;

/**
 * Asks responders, and the candidates that are on trial beside them. Safe for threads; of one conversation one turn at a
 * time.
 *
 * <p>A canary that fails costs the customer nothing but time: the serving one is asked in the same turn.
 */
public final class Responders {
    private static final Duration SLOW = Duration.ofMillis(200);

    private final Contributions contributions;
    private final Guard guard;

    public Responders(Contributions contributions, Guard guard) {
        this.contributions = contributions;
        this.guard = guard;
    }

    /** What counts, and who said it. */
    record Reply(Slot<Responder> slot, boolean candidate, Asked<Response> asked) {
        Trace.By by() {
            return new Trace.By(slot.instance(), slot.plugin().version(), candidate);
        }
    }

    /** Those that answer for a desk. */
    List<Slot<Responder>> inOrder(String desk) {
        return contributions.responders().stream()
                .filter(responder -> responder.terms().scope().covers(desk))
                .toList();
    }

    boolean isQuick(Slot<Responder> responder) {
        return guard.isQuick(responder);
    }

    /** Whether it is worth to let the customer finish before it is asked; a plugin's shows that by its times so far. */
    boolean isSlow(Slot<Responder> responder) {
        return responder.plugin().isHub() || responder.latency(0.5).compareTo(SLOW) > 0;
    }

    /** Asks a responder, or whoever stands in its place by now. */
    Reply ask(Slot<Responder> responder, Turn turn, AnswerSink sink, Trace trace) {
        var trial = contributions.now().responderTrial(responder.instance());
        if (trial.isPresent() && trial.get().takes(turn.conversationId())) {
            var candidate = trial.get().candidate();
            var asked = guard.respond(candidate, turn, sink);
            trial.get().tried(asked.map(Outcome::of));
            var reply = new Reply(candidate, true, asked);
            if (asked instanceof Asked.Answered<Response>) return reply;
            trace.passed(reply.by(), asked.why(), 0);
            return serve(responder, turn, sink);
        }
        var reply = serve(responder, turn, sink);
        trial.ifPresent(it -> tell(it, turn, reply.asked()));
        return reply;
    }

    private Reply serve(Slot<Responder> responder, Turn turn, AnswerSink sink) {
        var asked = guard.respond(responder, turn, sink);
        if (asked instanceof Asked.Unavailable<Response> && responder.isClosed()) {
            var newer = contributions.responder(responder.instance()).filter(it -> it != responder);
            if (newer.isPresent()) return serve(newer.get(), turn, sink);
        }
        return new Reply(responder, false, asked);
    }

    /** Tells a trial what the serving one said, and lets a shadow answer the same turn, later and elsewhere. */
    private void tell(Trial<Responder> trial, Turn turn, Asked<Response> asked) {
        var served = asked.map(Outcome::of);
        trial.served(served);
        if (!trial.shadows()) return;
        var question = new Trial.Question(turn.conversationId(), "");
        // What it asks of models is paid for like the turn, and no part of the turn's trace.
        var willBeAsked = new CallNotes(CallNotes.current().payer())
                .during(() -> guard.shadow(
                        trial.candidate(), turn, tried -> trial.compared(question, served, tried.map(Outcome::of))));
        if (!willBeAsked) trial.dropped();
    }
}
