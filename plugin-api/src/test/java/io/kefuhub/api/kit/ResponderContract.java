package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
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
        return Turns.of(language, question, history);
    }

    static Turn turn(String question) {
        return Turns.of(question);
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
        questions().namesSourceOrReason();
    }

    @Test
    default void has_a_response_to_every_odd_message() {
        questions().oddMessages();
    }

    @Test
    default void bears_a_long_history() {
        questions().longHistory();
    }

    @Test
    default void answers_many_who_ask_at_once() {
        questions().atOnce();
    }

    @Test
    default void a_draft_is_the_whole_text_so_far() {
        questions().drafts();
    }

    @Test
    default void closes() {
        questions().closes();
    }

    private ResponderQuestions questions() {
        return new ResponderQuestions(responder(), known());
    }

    private static Response respond(Responder responder, Turn turn) {
        return responder.respond(turn, _ -> {});
    }
}
