package io.kefuhub.responder.example;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the hub's models, which keep to the budgets and limits that the admin set. What is being written is shown as it comes,
 * and a customer who writes on ends the call. Immutable.
 *
 * @param alias empty to ask nobody
 */
record ModelPart(Models models, String alias, String about) {
    private static final int LINES = 10;

    Response respond(Turn turn, AnswerSink sink) {
        if (alias.isEmpty()) return new Response.Pass("no model is set up");
        var answered = models.ask(alias, about, messages(turn), new Shown(sink), sink.cancel());
        return switch (answered) {
            case Models.ModelAnswer.Answered(var text, var _)
            when text.isBlank() -> new Response.Pass("the model had nothing to say");
            case Models.ModelAnswer.Answered(var text, var model) ->
                new Response.Answer(
                        List.of(new Part.Text(text)),
                        new Response.Source("model", model, alias, 0.5, "no rule knew an answer"));
            // Out of budget, over a limit, called off, or down: the next responder is asked, or a person.
            case Models.ModelAnswer.Unavailable(var reason) -> new Response.Pass(reason);
        };
    }

    private static List<AiRequest.Turn> messages(Turn turn) {
        var messages = new ArrayList<AiRequest.Turn>();
        for (var line : turn.history().latest(LINES)) {
            var role = line.byCustomer() ? AiRequest.Role.USER : AiRequest.Role.ASSISTANT;
            messages.add(new AiRequest.Turn(role, line.text(), List.of()));
        }
        messages.add(new AiRequest.Turn(AiRequest.Role.USER, turn.question().text(), List.of()));
        return messages;
    }

    /** Shows the pieces together. One thread only. */
    private static final class Shown implements AiSink {
        private final AnswerSink sink;
        private final StringBuilder text = new StringBuilder();

        Shown(AnswerSink sink) {
            this.sink = sink;
        }

        @Override
        public void content(String piece) {
            sink.draft(text.append(piece).toString());
        }

        @Override
        public void reasoning(String piece) {
            // nobody's business
        }

        @Override
        public void usage(Usage usage) {
            // the hub keeps the books
        }
    }
}
