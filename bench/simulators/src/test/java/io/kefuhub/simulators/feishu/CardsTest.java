package io.kefuhub.simulators.feishu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CardsTest {
    private final Tenant tenant = new Tenant();
    private String card = "";
    private String message = "";

    @BeforeEach
    void a_card_is_on_the_screen() throws Exception {
        tenant.signedIn();
        var chat = tenant.chat(tenant.say(Feishu.WEBHOOK, "在吗"));
        var whole = Json.object().put("schema", "2.0");
        whole.putObject("config").put("streaming_mode", true);
        whole.putObject("body")
                .putArray("elements")
                .addObject()
                .put("tag", "markdown")
                .put("element_id", "answer")
                .put("content", "");
        card = tenant.call(
                        "POST",
                        "/cardkit/v1/cards",
                        Json.object()
                                .put("type", "card_json")
                                .put("data", whole.toString())
                                .toString())
                .data()
                .path("card_id")
                .asText();
        message = tenant.send(chat, "interactive", entity(), "k-1")
                .data()
                .path("message_id")
                .asText();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void grows_on_the_screen_until_the_streaming_ends() throws Exception {
        assertThat(content("您的", 1).code()).isZero();
        assertThat(content("您的订单", 2).code()).isZero();
        var growing = tenant.shown(message);
        assertThat(settings(3).code()).isZero();
        var done = tenant.shown(message);

        assertThat(growing.path("card").path("text").asText()).isEqualTo("您的订单");
        assertThat(growing.path("growing").asBoolean()).isTrue();
        assertThat(done.path("growing").asBoolean()).isFalse();
        assertThat(done.path("original").path("card").path("replaced").asInt()).isZero();
        assertThat(content("您的订单在路上", 4).code()).isEqualTo(300309);
    }

    @Test
    void a_number_that_does_not_rise_is_refused_and_changes_nothing() throws Exception {
        content("一二三", 5);

        var same = content("一二三四", 5);
        var smaller = content("一二三四", 4);
        var settings = settings(5);

        assertThat(same.code()).isEqualTo(300317);
        assertThat(smaller.code()).isEqualTo(300317);
        assertThat(settings.code()).isEqualTo(300317);
        assertThat(tenant.shown(message).path("card").path("text").asText()).isEqualTo("一二三");
        assertThat(tenant.shown(message).path("growing").asBoolean()).isTrue();
    }

    @Test
    void a_refused_step_does_not_use_its_number_up() throws Exception {
        assertThat(step("PUT", "/elements/nothing/content", Json.object().put("content", "x"), 1, "")
                        .code())
                .isEqualTo(300313);
        assertThat(content("一", 1).code()).isZero();
    }

    @Test
    void the_same_step_again_is_no_second_step() throws Exception {
        var once = step("PUT", "/elements/answer/content", Json.object().put("content", "一"), 1, "u-1");
        var twice = step("PUT", "/elements/answer/content", Json.object().put("content", "一"), 1, "u-1");

        assertThat(once.code()).isZero();
        assertThat(twice.code()).isZero();
        assertThat(tenant.shown(message)
                        .path("original")
                        .path("card")
                        .path("steps")
                        .asInt())
                .isOne();
    }

    @Test
    void streaming_ends_by_itself_after_ten_minutes() throws Exception {
        content("一", 1);
        tenant.forward("PT10M1S");

        assertThat(content("一二", 2).code()).isEqualTo(300309);
    }

    @Test
    void text_that_does_not_go_on_where_it_ended_is_counted() throws Exception {
        content("一二三", 1);
        content("一二", 2);

        assertThat(tenant.shown(message)
                        .path("original")
                        .path("card")
                        .path("replaced")
                        .asInt())
                .isOne();
    }

    @Test
    void a_text_beyond_thirty_thousand_characters_is_refused() throws Exception {
        assertThat(content("字".repeat(30_000), 1).code()).isZero();
        assertThat(content("字".repeat(30_001), 2).code()).isEqualTo(200860);
    }

    @Test
    void a_card_takes_ten_steps_a_second() {
        var time = InstantSource.fixed(Instant.EPOCH);
        var limits = new Limits(time);
        for (var i = 0; i < 10; i++) limits.card("7");

        assertThatThrownBy(() -> limits.card("7")).isInstanceOf(Refusal.class);
        limits.card("8");
    }

    @Test
    void an_entity_is_sent_once_and_must_be_there() throws Exception {
        var chat = tenant.shown(message).path("original").path("chat_id").asText();

        var again = tenant.send(chat, "interactive", entity(), "k-2");
        var same = tenant.send(chat, "interactive", entity(), "k-1");

        assertThat(again.code()).isEqualTo(230099);
        assertThat(same.data().path("message_id").asText()).isEqualTo(message);
        assertThat(step("PATCH", "9/settings", Json.object().put("settings", "{}"), 1, "")
                        .code())
                .isEqualTo(200740);
    }

    @Test
    void the_whole_card_is_replaced_and_its_buttons_are_drawn() throws Exception {
        var whole = Json.object().put("schema", "2.0");
        whole.putObject("header").putObject("title").put("tag", "plain_text").put("content", "评价");
        var elements = whole.putObject("body").putArray("elements");
        elements.addObject().put("tag", "markdown").put("content", "满意吗？");
        var button = elements.addObject().put("tag", "button");
        button.putObject("text").put("tag", "plain_text").put("content", "满意");
        button.putArray("behaviors")
                .addObject()
                .put("type", "callback")
                .putObject("value")
                .put("rate", 5);
        var next = Json.object();
        next.putObject("card").put("type", "card_json").put("data", whole.toString());

        assertThat(step("PUT", "", next, 1, "").code()).isZero();

        var drawn = tenant.shown(message).path("card");
        assertThat(drawn.path("title").asText()).isEqualTo("评价");
        assertThat(drawn.path("text").asText()).isEqualTo("满意吗？");
        assertThat(drawn.path("buttons").path(0).path("label").asText()).isEqualTo("满意");
        assertThat(tenant.shown(message).path("growing").asBoolean()).isFalse();
    }

    private ObjectNode entity() {
        var content = Json.object().put("type", "card");
        content.putObject("data").put("card_id", card);
        return content;
    }

    private Tenant.Called content(String text, int sequence) throws IOException, InterruptedException {
        return step("PUT", "/elements/answer/content", Json.object().put("content", text), sequence, "");
    }

    private Tenant.Called settings(int sequence) throws IOException, InterruptedException {
        var off = Json.object().put("settings", "{\"config\":{\"streaming_mode\":false}}");
        return step("PATCH", "/settings", off, sequence, "");
    }

    private Tenant.Called step(String method, String path, ObjectNode body, int sequence, String uuid)
            throws IOException, InterruptedException {
        return tenant.call(
                method,
                "/cardkit/v1/cards/" + card + path,
                body.put("sequence", sequence).put("uuid", uuid).toString());
    }
}
