package io.kefuhub.simulators.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Remote;
import java.net.URI;
import java.net.http.WebSocket;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BotSocketTest {
    private static final String PERSON = "simulated-bot-socket-1";
    private static final String SIGN_IN = "{\"bot_id\":\"" + Corp.BOT + "\",\"secret\":\"" + Corp.BOT_SECRET + "\"}";

    private Stand stand;

    @BeforeEach
    void start() throws Exception {
        stand = new Stand();
    }

    @AfterEach
    void close() {
        stand.close();
    }

    /** The hub's end of a line. */
    private final class Line implements WebSocket.Listener {
        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private volatile boolean ended;
        private final WebSocket socket;
        private int requests;

        Line() {
            socket = stand.remote
                    .client
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://" + stand.simulator.address().getAuthority() + BotSocket.PATH), this)
                    .join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                frames.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended = true;
        }

        /** Sends a frame and waits for what acknowledges it. */
        JsonNode ask(String command, String body) {
            return ask(command, "own-" + ++requests, body);
        }

        JsonNode ask(String command, String request, String body) {
            socket.sendText(
                    "{\"cmd\":\"" + command + "\",\"headers\":{\"req_id\":\"" + request + "\"},\"body\":" + body + "}",
                    true);
            return await(frame -> !frame.has("cmd")
                    && frame.path("headers").path("req_id").asText().equals(request));
        }

        JsonNode await(Predicate<JsonNode> which) {
            return Remote.until(
                            () -> frames.stream().map(Line::read).filter(which).toList(), found -> !found.isEmpty())
                    .getLast();
        }

        private static JsonNode read(String frame) {
            try {
                return Json.MAPPER.readTree(frame);
            } catch (JsonProcessingException e) {
                return Json.object();
            }
        }
    }

    private Line signedIn() {
        var line = new Line();
        assertThat(line.ask("aibot_subscribe", SIGN_IN).path("errcode").asInt()).isZero();
        return line;
    }

    @Test
    void only_the_right_secret_signs_in_and_nothing_is_taken_before() {
        var line = new Line();

        assertThat(code(line.ask("aibot_send_msg", "{}"))).isEqualTo(Wrong.BOT_LOGIN);
        assertThat(code(line.ask("aibot_subscribe", "{\"bot_id\":\"x\",\"secret\":\"y\"}")))
                .isEqualTo(Wrong.BOT_LOGIN);
        assertThat(code(line.ask("aibot_subscribe", SIGN_IN))).isZero();
        assertThat(code(line.ask("ping", "{}"))).isZero();
    }

    @Test
    void an_answer_grows_by_what_is_pushed_and_ends() throws Exception {
        var line = signedIn();
        stand.say(BotSocket.SURFACE, PERSON, ",\"text\":\"讲个故事\"");
        var message = line.await(frame -> frame.path("cmd").asText().equals("aibot_msg_callback"));
        var request = message.path("headers").path("req_id").asText();

        assertThat(message.path("body").path("text").path("content").asText()).isEqualTo("讲个故事");
        assertThat(code(line.ask("aibot_respond_msg", request, stream(false, "从前"))))
                .isZero();
        assertThat(shown(1).path("growing").asBoolean()).isTrue();
        line.frames.clear();
        assertThat(code(line.ask("aibot_respond_msg", request, stream(true, "从前有座山"))))
                .isZero();
        assertThat(shown(1).path("text").asText()).isEqualTo("从前有座山");
        assertThat(shown(1).path("growing").asBoolean()).isFalse();
        line.frames.clear();
        assertThat(code(line.ask("aibot_respond_msg", request, stream(true, "再来"))))
                .isEqualTo(Wrong.BOT_STREAM);
        assertThat(code(line.ask("aibot_respond_msg", "unknown", stream(true, "x"))))
                .isEqualTo(Wrong.BOT_REQUEST);
    }

    @Test
    void a_stream_is_over_after_six_minutes() throws Exception {
        var line = signedIn();
        stand.say(BotSocket.SURFACE, PERSON, ",\"text\":\"慢\"");
        var request = line.await(frame -> frame.has("cmd"))
                .path("headers")
                .path("req_id")
                .asText();
        line.ask("aibot_respond_msg", request, stream(false, "…"));
        line.frames.clear();

        stand.forward("PT6M1S");

        assertThat(code(line.ask("aibot_respond_msg", request, stream(true, "好了"))))
                .isEqualTo(Wrong.BOT_STREAM);
        assertThat(shown(1).path("failed").asText()).isNotEmpty();
    }

    @Test
    void who_signs_in_later_has_the_bot_and_the_other_is_told_and_hung_up() throws Exception {
        var first = signedIn();
        var second = signedIn();

        first.await(frame ->
                frame.path("body").path("event").path("eventtype").asText().equals("disconnected_event"));
        Remote.until(() -> first.ended, ended -> ended);
        stand.say(BotSocket.SURFACE, PERSON, ",\"text\":\"谁在\"");
        second.await(frame -> frame.path("cmd").asText().equals("aibot_msg_callback"));
        assertThat(second.ended).isFalse();
    }

    @Test
    void a_welcome_and_a_changed_card_must_come_within_five_seconds() throws Exception {
        var line = signedIn();
        stand.act(BotSocket.SURFACE, PERSON, "enter", "");
        var enter = line.await(frame -> frame.has("cmd"))
                .path("headers")
                .path("req_id")
                .asText();
        assertThat(code(line.ask(
                        "aibot_respond_welcome_msg", enter, "{\"msgtype\":\"text\",\"text\":{\"content\":\"欢迎\"}}")))
                .isZero();
        line.frames.clear();
        line.ask(
                "aibot_send_msg",
                "{\"chatid\":\"" + PERSON + "\",\"msgtype\":\"template_card\",\"template_card\":"
                        + "{\"card_type\":\"button_interaction\",\"task_id\":\"t\",\"main_title\":{\"title\":\"选\"},"
                        + "\"button_list\":[{\"text\":\"好\",\"key\":\"ok\"}]}}");
        stand.act(
                BotSocket.SURFACE,
                PERSON,
                "press",
                "\"message\":\"" + shown(1).path("id").asText() + "\",\"button\":\"ok\"");
        var press = line.await(frame -> frame.path("body").path("event").has("template_card_event"));
        stand.forward("PT6S");

        assertThat(press.path("body")
                        .path("event")
                        .path("template_card_event")
                        .path("event_key")
                        .asText())
                .isEqualTo("ok");
        assertThat(code(line.ask(
                        "aibot_respond_update_msg",
                        press.path("headers").path("req_id").asText(),
                        "{\"template_card\":{}}")))
                .isEqualTo(Wrong.BOT_REQUEST);
    }

    @Test
    void a_file_has_a_key_of_its_own() throws Exception {
        var line = signedIn();
        stand.say(BotSocket.SURFACE, PERSON, ",\"kind\":\"file\",\"name\":\"a.pdf\",\"size\":70000");
        var file = line.await(frame -> frame.has("cmd")).path("body").path("file");

        var key = Base64.getDecoder().decode(file.path("aeskey").asText());
        assertThat(Seal.decrypt(key, stand.bytes(file.path("url").asText()).body()))
                .hasSize(70_000);
        assertThat(key).isNotEqualTo(Corp.BOT_SEAL.key());
    }

    @Test
    void a_file_is_uploaded_in_pieces_in_any_order_and_sent() throws Exception {
        var line = signedIn();
        var content = new byte[600_000];
        Arrays.fill(content, (byte) 'x');
        var sum = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        var upload = line.ask("aibot_upload_media_init", """
                {"type":"file","filename":"x.bin","total_size":600000,"total_chunks":2,"md5":"%s"}""".formatted(sum))
                .path("body")
                .path("upload_id")
                .asText();

        assertThat(code(chunk(line, upload, 1, Arrays.copyOfRange(content, 512 * 1024, 600_000))))
                .isZero();
        assertThat(code(line.ask("aibot_upload_media_finish", "{\"upload_id\":\"" + upload + "\"}")))
                .isEqualTo(Wrong.PARAMETER);
        assertThat(code(chunk(line, upload, 2, new byte[1]))).isEqualTo(Wrong.PARAMETER);
        assertThat(code(chunk(line, upload, 0, Arrays.copyOf(content, 512 * 1024))))
                .isZero();
        var media = line.ask("aibot_upload_media_finish", "{\"upload_id\":\"" + upload + "\"}")
                .path("body")
                .path("media_id")
                .asText();
        assertThat(code(line.ask(
                        "aibot_send_msg",
                        "{\"chatid\":\"" + PERSON + "\",\"msgtype\":\"file\",\"file\":{\"media_id\":\"" + media
                                + "\"}}")))
                .isZero();
        assertThat(shown(0).path("mediaName").asText()).isEqualTo("x.bin");
    }

    @Test
    void what_is_said_while_nobody_is_connected_is_lost_and_marked() throws Exception {
        stand.say(BotSocket.SURFACE, PERSON, ",\"text\":\"有人吗\"");

        assertThat(shown(0).path("failed").asText()).isEqualTo("nobody is connected");
        assertThat(stand.remote
                        .post("/sim/verify", "{\"surface\":\"bot-socket\"}")
                        .path("accepted")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void frames_can_be_refused_left_without_an_answer_or_hold_what_json_does_not_allow() throws Exception {
        var line = signedIn();
        stand.fault("rate-limit", "{\"times\":1}");
        assertThat(code(line.ask("aibot_send_msg", "{}"))).isEqualTo(Wrong.TOO_OFTEN);
        stand.fault("control-characters", "{\"times\":1}");
        stand.say(BotSocket.SURFACE, PERSON, ",\"text\":\"响\"");
        Remote.until(() -> line.frames, frames -> frames.getLast().contains("\u0007"));
        stand.fault("cut-after", "{\"times\":1,\"only\":\"aibot_send_msg\"}");
        line.socket.sendText(
                "{\"cmd\":\"aibot_send_msg\",\"headers\":{\"req_id\":\"last\"},\"body\":{\"chatid\":\"" + PERSON
                        + "\",\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"到了\"}}}",
                true);

        Remote.until(() -> line.ended, ended -> ended);
        assertThat(shown(1).path("text").asText()).isEqualTo("到了");
        assertThat(line.frames.toString()).doesNotContain("\"last\"");
    }

    @Test
    void unasked_messages_reach_known_conversations_thirty_times_a_minute() {
        var line = signedIn();
        assertThat(code(unasked(line, "nobody"))).isEqualTo(Wrong.USER);

        for (var i = 0; i < 30; i++) assertThat(code(unasked(line, PERSON))).isZero();
        assertThat(code(unasked(line, PERSON))).isEqualTo(Wrong.TOO_OFTEN);
    }

    private static JsonNode unasked(Line line, String to) {
        return line.ask(
                "aibot_send_msg",
                "{\"chatid\":\"" + to + "\",\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"x\"}}");
    }

    private static JsonNode chunk(Line line, String upload, int index, byte[] bytes) {
        return line.ask(
                "aibot_upload_media_chunk",
                "{\"upload_id\":\"" + upload + "\",\"chunk_index\":" + index + ",\"base64_data\":\""
                        + Base64.getEncoder().encodeToString(bytes) + "\"}");
    }

    private static String stream(boolean finish, String text) {
        var body = Json.object().put("msgtype", "stream");
        body.putObject("stream").put("id", "S-9").put("finish", finish).put("content", text);
        return body.toString();
    }

    private JsonNode shown(int number) {
        return stand.messages(BotSocket.SURFACE).path(number);
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt(-99);
    }
}
