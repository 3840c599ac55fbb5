package io.kefuhub.responder.example;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers where an order is, calls a person where a person is needed, and asks a model for the rest. Immutable, so safe for
 * threads.
 */
final class OrderResponder implements Responder {
    private final Orders orders;
    private final List<String> person;
    private final ModelPart model;

    OrderResponder(Orders orders, List<String> person, ModelPart model) {
        this.orders = orders;
        this.person = person.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        this.model = model;
    }

    @Override
    public Response respond(Turn turn, AnswerSink sink) {
        var text = turn.question().text();
        if (text.isBlank()) return new Response.Pass("there are no words in it");
        var called =
                person.stream().filter(text.toLowerCase(Locale.ROOT)::contains).findFirst();
        if (called.isPresent()) return new Response.HandOver("said “" + called.get() + "”", Optional.empty());
        if (OrderQuestion.is(text)) {
            var known = OrderQuestion.number(text).flatMap(number -> answer(number, turn.language()));
            if (known.isPresent()) return known.get();
        }
        return model.respond(turn, sink);
    }

    private Optional<Response> answer(String number, Language language) {
        return orders.state(number).map(state -> {
            var words = language.isChinese()
                    ? "您的订单 %s：%s。".formatted(number, state)
                    : "Your order %s: %s.".formatted(number, state);
            return new Response.Answer(
                    List.of(new Part.Text(words)),
                    new Response.Source("order", number, number, 1, "its number was named"));
        });
    }
}
