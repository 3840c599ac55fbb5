package io.kefuhub.responder.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.kit.FactoryContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.ResponderContract;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract kit asks what every responder must do; the rest is what this one is for. */
class OrderResponderTest implements ResponderContract, FactoryContract {
    private static final String ORDERS = "KH-20260001 on its way\n4711 waiting for payment";

    private final FakeContext context = new FakeContext("orders-1");
    private final List<String> drafts = new ArrayList<>();

    @AfterEach
    void end() {
        context.close();
    }

    @Override
    public Responder responder() {
        return create(Settings.of(values()));
    }

    @Override
    public Turn known() {
        return ResponderContract.turn("Where is my order 4711?");
    }

    @Override
    public Turn unknown() {
        return ResponderContract.turn("Do you sell tea?");
    }

    @Override
    public Contribution factory() {
        return new OrderResponderFactory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of("orders", ORDERS);
    }

    @Override
    public Responder create(Settings settings) {
        return new OrderResponderFactory().create(settings, context);
    }

    @Test
    void tells_where_an_order_is_in_the_customers_language() {
        assertThat(answer("order KH-20260001?")).isEqualTo("Your order KH20260001: on its way.");
        var chinese = ResponderContract.turn(Language.ZH_CN, Message.of("我的订单4711到哪了"), List.of());
        assertThat(text(responder().respond(chinese, drafts::add))).isEqualTo("您的订单 4711：waiting for payment。");
    }

    @Test
    void calls_a_person_for_a_complaint() {
        assertThat(ask("This is a COMPLAINT about my order 4711")).isInstanceOf(Response.HandOver.class);
    }

    @Test
    void asks_the_alias_with_what_was_said_before_and_shows_the_answer_as_it_comes() {
        var asked = new ArrayList<String>();
        context.models((alias, system, messages, sink, _) -> {
            messages.forEach(message -> asked.add(alias + " " + message.role() + " " + message.text()));
            sink.reasoning("hm");
            sink.content("Yes, ");
            sink.content("green tea.");
            return new Models.ModelAnswer.Answered("Yes, green tea.", "m-large");
        });
        var turn = ResponderContract.turn(
                Language.EN,
                Message.of("Do you sell tea?"),
                List.of(new Turn.Line(true, "Hello"), new Turn.Line(false, "Good morning")));

        var response = withAlias().respond(turn, drafts::add);

        assertThat(text(response)).isEqualTo("Yes, green tea.");
        assertThat(drafts).containsExactly("Yes, ", "Yes, green tea.");
        assertThat(asked)
                .containsExactly(
                        "support USER Hello", "support ASSISTANT Good morning", "support USER Do you sell tea?");
    }

    @Test
    void leaves_the_question_to_the_next_when_no_model_may_answer_now() {
        context.models((_, _, _, _, _) -> new Models.ModelAnswer.Unavailable("the budget is used up"));

        assertThat(withAlias().respond(unknown(), drafts::add)).isEqualTo(new Response.Pass("the budget is used up"));
    }

    @Test
    void hands_the_customers_cancel_on_to_the_model() {
        var calledOff = new Cancel() {
            @Override
            public boolean isRequested() {
                return true;
            }

            @Override
            public void onRequest(Runnable action) {
                action.run();
            }
        };
        context.models(new Models() {
            @Override
            public ModelAnswer ask(
                    String alias, String system, List<AiRequest.Turn> messages, AiSink sink, Cancel cancel) {
                return new ModelAnswer.Unavailable(cancel.isRequested() ? "called off" : "went on");
            }
        });

        var response = withAlias().respond(unknown(), new AnswerSink() {
            @Override
            public void draft(String text) {
                drafts.add(text);
            }

            @Override
            public Cancel cancel() {
                return calledOff;
            }
        });

        assertThat(response).isEqualTo(new Response.Pass("called off"));
    }

    @Test
    void names_the_line_that_is_no_order() {
        assertThatThrownBy(() -> create(Settings.of(Map.of("orders", "4711 paid\nnonsense"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("orders: no number and state: nonsense");
    }

    private Responder withAlias() {
        var values = new HashMap<>(values());
        values.put("alias", "support");
        return create(Settings.of(values));
    }

    private Response ask(String text) {
        return responder().respond(ResponderContract.turn(text), drafts::add);
    }

    private String answer(String text) {
        return text(ask(text));
    }

    private static String text(Response response) {
        assertThat(response).isInstanceOf(Response.Answer.class);
        return new Message(((Response.Answer) response).parts()).text();
    }
}
