package io.kefuhub.simulators.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Hub;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Remote;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BotHookTest {
    private Stand stand;

    @BeforeEach
    void start() throws Exception {
        stand = new Stand();
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void a_message_comes_as_encrypted_json_with_a_way_to_answer_later() throws Exception {
        stand.say(
                BotHook.SURFACE, Stand.PERSON, ",\"text\":\"看\",\"group\":\"wrGroup\",\"with\":{\"quote\":\"单号 88\"}");

        var message = body(0);
        assertThat(message.path("text").path("content").asText()).isEqualTo("@机器人 看");
        assertThat(message.path("chattype").asText()).isEqualTo("group");
        assertThat(message.path("chatid").asText()).isEqualTo("wrGroup");
        assertThat(message.path("from").path("userid").asText()).isEqualTo(Stand.PERSON);
        assertThat(message.path("quote").path("text").path("content").asText()).isEqualTo("单号 88");
        assertThat(message.path("response_url").asText()).startsWith("http://127.0.0.1");
    }

    @Test
    void an_answer_grows_poll_by_poll_until_it_is_finished() throws Exception {
        var asked = new AtomicInteger();
        stand.hub.answers(call -> {
            var number = asked.incrementAndGet();
            return new Hub.Reply(200, stream("S-1", number == 3, "字".repeat(number)));
        });
        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"text\":\"讲个故事\"");

        Remote.until(() -> stand.messages(BotHook.SURFACE), shown -> shown.size() == 2);
        assertThat(stand.messages(BotHook.SURFACE).path(1).path("growing").asBoolean())
                .isTrue();
        var done = Remote.until(
                () -> stand.messages(BotHook.SURFACE).path(1),
                shown -> !shown.path("growing").asBoolean());

        assertThat(done.path("text").asText()).isEqualTo("字字字");
        assertThat(body(1).path("msgtype").asText()).isEqualTo("stream");
        assertThat(body(1).path("stream").path("id").asText()).isEqualTo("S-1");
        assertThat(body(1).path("msgid")).isNotEqualTo(body(0).path("msgid"));
        assertThat(stand.messages(BotHook.SURFACE)).hasSize(2);
    }

    @Test
    void an_answer_that_is_not_finished_in_six_minutes_fails() throws Exception {
        stand.hub.answers(_ -> new Hub.Reply(200, stream("S-2", false, "…")));
        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"text\":\"慢\"");
        Remote.until(() -> stand.messages(BotHook.SURFACE), shown -> shown.size() == 2);

        stand.forward("PT6M1S");

        Remote.until(
                () -> stand.messages(BotHook.SURFACE).path(1).path("failed").asText(),
                failed -> failed.contains("never finished"));
    }

    @Test
    void a_text_is_a_reply_to_entering_only() throws Exception {
        stand.hub.answers(_ -> new Hub.Reply(200, sealed("{\"msgtype\":\"text\",\"text\":{\"content\":\"欢迎\"}}")));

        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"text\":\"在吗\"");
        Remote.until(
                () -> stand.simulator.scene().journal.after(0).toString(), all -> all.contains("not allowed here"));
        stand.act(BotHook.SURFACE, Stand.PERSON, "enter", "");

        var welcome = Remote.until(() -> stand.messages(BotHook.SURFACE), shown -> shown.size() == 2)
                .path(1);
        assertThat(welcome.path("text").asText()).isEqualTo("欢迎");
        assertThat(body(1).path("event").path("eventtype").asText()).isEqualTo("enter_chat");
    }

    @Test
    void the_address_for_later_works_once_and_for_an_hour() throws Exception {
        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"text\":\"1\"");
        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"text\":\"2\"");
        var first = body(0).path("response_url").asText();
        var second = body(1).path("response_url").asText();

        assertThat(respond(first)).isZero();
        assertThat(respond(first)).isEqualTo(Wrong.PARAMETER);
        stand.forward("PT61M");
        assertThat(respond(second)).isEqualTo(Wrong.PARAMETER);
        assertThat(stand.messages(BotHook.SURFACE)).hasSize(3);
    }

    @Test
    void a_file_is_encrypted_with_the_key_of_the_callback_and_lives_five_minutes() throws Exception {
        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"kind\":\"mixed\",\"text\":\"看图\"");
        var items = body(0).path("mixed").path("msg_item");
        var url = items.path(1).path("image").path("url").asText();

        var sealed = stand.bytes(url);
        assertThat(new String(Seal.decrypt(Corp.BOT_SEAL.key(), sealed.body()), 1, 3, StandardCharsets.US_ASCII))
                .isEqualTo("PNG");
        stand.forward("PT5M1S");
        assertThat(stand.bytes(url).statusCode()).isEqualTo(403);
    }

    @Test
    void feedback_names_the_answer_it_is_about() throws Exception {
        var asked = new AtomicInteger();
        // It is named once, at the beginning of an answer that grows.
        stand.hub.answers(_ -> new Hub.Reply(
                200,
                asked.incrementAndGet() == 1
                        ? sealed(
                                "{\"msgtype\":\"stream\",\"stream\":{\"id\":\"S-3\",\"finish\":false,\"content\":\"\",\"feedback\":{\"id\":\"F-1\"}}}")
                        : stream("S-3", true, "好")));
        stand.say(BotHook.SURFACE, Stand.PERSON, ",\"text\":\"在吗\"");
        Remote.until(() -> stand.messages(BotHook.SURFACE).path(1).path("text").asText(), "好"::equals);
        stand.hub.answers(_ -> new Hub.Reply(200, ""));

        stand.act(BotHook.SURFACE, Stand.PERSON, "feedback", "\"type\":2");

        var feedback = body(2).path("event").path("feedback_event");
        assertThat(feedback.path("id").asText()).isEqualTo("F-1");
        assertThat(feedback.path("type").asInt()).isEqualTo(2);
    }

    private JsonNode body(int number) throws IOException {
        return Json.MAPPER.readTree(Stand.opened(stand.callback(number), Corp.BOT_SEAL));
    }

    private int respond(String url) throws IOException, InterruptedException {
        var path = url.substring(URI.create(url).resolve("/").toString().length() - 1);
        return stand.remote
                .post(path, "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"**晚到**\"}}")
                .path("errcode")
                .asInt();
    }

    private static String stream(String id, boolean finish, String text) {
        var body = Json.object().put("msgtype", "stream");
        body.putObject("stream").put("id", id).put("finish", finish).put("content", text);
        return sealed(body.toString());
    }

    private static String sealed(String body) {
        var sealed = Corp.BOT_SEAL.close(body);
        return Json.object()
                .put("encrypt", sealed)
                .put("msgsignature", Corp.BOT_SEAL.sign("1767225600", "42", sealed))
                .put("timestamp", 1767225600)
                .put("nonce", "42")
                .toString();
    }
}
