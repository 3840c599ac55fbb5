package io.kefuhub.channel.wecom.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Reading reading = new Reading(InstantSource.fixed(NOW));

    @Test
    void words_and_pictures_keep_their_order_and_the_bots_name_is_taken_from_the_first_words() {
        assertThat(said("""
                        "chattype":"group","chatid":"wrk1","msgtype":"mixed","mixed":{"msg_item":[
                        {"msgtype":"image","image":{"url":"https://a","aeskey":"k"}},
                        {"msgtype":"text","text":{"content":"@机器人 看图"}},
                        {"msgtype":"text","text":{"content":"@机器人 again"}}]}"""))
                .containsExactly(
                        new Piece.Media("image", "https://a", "k"),
                        new Piece.Words("看图"),
                        new Piece.Words("@机器人 again"));
    }

    @Test
    void a_name_alone_is_kept_where_nothing_else_was_said() {
        assertThat(
                        said(
                                "\"chattype\":\"group\",\"chatid\":\"wrk1\",\"msgtype\":\"text\",\"text\":{\"content\":\"@机器人\"}"))
                .containsExactly(new Piece.Words("@机器人"));
    }

    @Test
    void in_a_chat_of_two_nobody_is_called() {
        assertThat(said("\"chattype\":\"single\",\"msgtype\":\"text\",\"text\":{\"content\":\"@机器人 你好\"}"))
                .containsExactly(new Piece.Words("@机器人 你好"));
    }

    @Test
    void what_is_quoted_stands_before_what_is_said_of_it() {
        assertThat(said("""
                        "chattype":"group","chatid":"wrk1","msgtype":"text","text":{"content":"@机器人 查订单"},
                        "quote":{"msgtype":"text","text":{"content":"单号 88\\n加急"}}""")).containsExactly(new Piece.Words("> 单号 88\n> 加急\n\n查订单"));
        assertThat(said("""
                        "msgtype":"text","text":{"content":"这是什么"},"quote":{"msgtype":"mixed","mixed":{"msg_item":[
                        {"msgtype":"text","text":{"content":"看"}},{"msgtype":"image","image":{"url":"https://a"}}]}}"""))
                .containsExactly(
                        new Piece.Words("> 看"), new Piece.Media("image", "https://a", ""), new Piece.Words("这是什么"));
    }

    @Test
    void a_voice_is_what_the_platform_heard() {
        assertThat(said("\"msgtype\":\"voice\",\"voice\":{\"content\":\"我要退货\"}"))
                .containsExactly(new Piece.Words("我要退货"));
        assertThat(said("\"msgtype\":\"voice\",\"voice\":{}")).containsExactly(new Piece.Strange("voice"));
    }

    @Test
    void what_is_not_known_is_kept_by_its_name() {
        assertThat(said("\"msgtype\":\"hologram\",\"hologram\":{\"id\":1}"))
                .containsExactly(new Piece.Strange("hologram"));
        assertThat(said("\"msgtype\":\"text\",\"text\":{\"content\":\"  \"}"))
                .containsExactly(new Piece.Strange("text"));
        assertThat(said("\"msgtype\":\"text\",\"text\":\"flat\"")).containsExactly(new Piece.Strange("text"));
        assertThat(said("\"msgtype\":\"mixed\",\"mixed\":{\"msg_item\":[{\"msgtype\":\"mixed\",\"mixed\":{}}]}"))
                .containsExactly(new Piece.Strange("mixed in mixed"));
    }

    @Test
    void what_names_nobody_or_cannot_be_a_name_is_nothing() {
        assertThat(read("{}")).isEqualTo(new Callback.Nothing());
        assertThat(read("{\"msgid\":\"m\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}}"))
                .isEqualTo(new Callback.Nothing());
        assertThat(read("{\"msgid\":\"m\",\"from\":{\"userid\":\"" + "x".repeat(300) + "\"},\"msgtype\":\"text\"}"))
                .isEqualTo(new Callback.Nothing());
        assertThat(
                        read(
                                "{\"msgid\":\"m\",\"from\":{\"userid\":\"a\"},\"msgtype\":\"event\",\"event\":{\"eventtype\":\"new\"}}"))
                .isEqualTo(new Callback.Nothing());
    }

    @Test
    void a_pressed_button_and_a_judgement_name_what_they_are_about() {
        var pressed = read("""
                {"msgid":"m","from":{"userid":"a"},"msgtype":"event","event":{"eventtype":"template_card_event",
                "template_card_event":{"card_type":"button_interaction","event_key":"ok","task_id":"t1"}}}""");
        var judged = read("""
                {"msgid":"m","from":{"userid":"a"},"msgtype":"event","event":{"eventtype":"feedback_event",
                "feedback_event":{"id":"s1","type":2,"inaccurate_reason_list":[1,4]}}}""");

        assertThat(pressed)
                .isInstanceOfSatisfying(
                        Callback.Pressed.class, one -> assertThat(one.key()).isEqualTo("ok"));
        assertThat(judged).isInstanceOfSatisfying(Callback.Judged.class, one -> {
            assertThat(one.answer()).isEqualTo("s1");
            assertThat(one.kind()).isEqualTo(2);
            assertThat(one.text()).isEqualTo("#1, 4");
        });
    }

    @Test
    void a_message_was_said_when_the_platform_says_so_else_now() {
        var told = (Callback.Said)
                read(
                        "{\"msgid\":\"m\",\"create_time\":1767225599,\"from\":{\"userid\":\"a\"},\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}}");

        assertThat(told.origin().at()).isEqualTo(NOW.minusSeconds(1));
        assertThat(((Callback.Said) read(body("\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}")))
                        .origin()
                        .at())
                .isEqualTo(NOW);
    }

    private List<Piece> said(String members) {
        return ((Callback.Said) read(body(members))).pieces();
    }

    private static String body(String members) {
        return "{\"msgid\":\"m1\",\"from\":{\"userid\":\"anna\"}," + members + "}";
    }

    private Callback read(String json) {
        return reading.read(Json.object(json).orElseThrow());
    }
}
