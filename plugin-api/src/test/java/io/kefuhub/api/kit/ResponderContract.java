package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every responder must do, whoever wrote it. Implement it in your plugin's tests. */
public interface ResponderContract {
    Responder responder();

    /** A turn it has something to say to: an answer, a menu or a hand-over. */
    Turn known();

    /** A turn it must leave to the next responder. */
    Turn unknown();

    /** Puts a question into a turn. */
    static Turn turn(Language language, Message question, List<Turn.Line> history) {
        return new Turn(
                "c_1",
                "shop",
                "wk_demo",
                language,
                question,
                most -> last(history, most),
                Contact.anonymous("visitor"));
    }

    private static List<Turn.Line> last(List<Turn.Line> history, int most) {
        return history.subList(Math.max(0, history.size() - Math.min(most, 40)), history.size());
    }

    static Turn turn(String question) {
        return turn(Language.EN, Message.of(question), List.of());
    }

    @Test
    default void has_something_to_say_to_what_it_knows() {
        assertThat(respond(responder(), known())).isNotInstanceOf(Response.Pass.class);
    }

    @Test
    default void leaves_what_it_does_not_know_to_the_next_and_says_why() {
        assertThat(respond(responder(), unknown()))
                .isInstanceOfSatisfying(
                        Response.Pass.class, pass -> assertThat(pass.reason()).isNotBlank());
    }

    @Test
    default void names_the_source_of_an_answer() {
        switch (respond(responder(), known())) {
            case Response.Answer(var _, var source) -> assertSource(source);
            case Response.Menu(var _, var source) -> assertSource(source);
            case Response.HandOver(var reason, var _) -> assertThat(reason).isNotBlank();
            case Response.Pass _ -> throw new AssertionError("passed on what it knows");
        }
    }

    private static void assertSource(Response.Source source) {
        assertThat(source.kind()).isNotBlank();
        assertThat(source.title()).isNotBlank();
        assertThat(source.score()).isBetween(0.0, 1.0);
    }

    @Test
    default void has_a_response_to_every_odd_message() {
        var responder = responder();
        for (var message : Messages.odd()) {
            for (var language : List.of(Language.EN, Language.ZH_CN, new Language("ar"))) {
                assertThat(respond(responder, turn(language, message, List.of())))
                        .as("%s in %s", message, language)
                        .isNotNull();
            }
        }
    }

    @Test
    default void bears_a_long_history() {
        var history = new ArrayList<Turn.Line>();
        for (var i = 0; i < 40; i++) history.add(new Turn.Line(i % 2 == 0, "line " + i + " " + "x".repeat(2_000)));

        assertThat(respond(responder(), turn(Language.EN, known().question(), history)))
                .isNotNull();
    }

    @Test
    default void answers_many_who_ask_at_once() {
        var responder = responder();

        var kinds = AtOnce.ask(() -> respond(responder, known()).getClass().getName());

        assertThat(kinds).containsOnly(respond(responder, known()).getClass().getName());
    }

    @Test
    default void a_draft_is_the_whole_text_so_far() {
        var drafts = new ArrayList<String>();

        var response = responder().respond(known(), drafts::add);

        assertThat(drafts)
                .doesNotContain("")
                .allSatisfy(draft -> assertThat(draft).isNotNull());
        if (response instanceof Response.Answer(var parts, var _) && !drafts.isEmpty()) {
            assertThat(drafts.getLast().length())
                    .isLessThanOrEqualTo(new Message(parts).text().length());
        }
    }

    @Test
    default void closes() {
        responder().close();
    }

    private static Response respond(Responder responder, Turn turn) {
        return responder.respond(turn, _ -> {});
    }
}
