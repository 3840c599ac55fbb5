package io.kefuhub.channel.feishu.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.channel.feishu.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookDoorTest {
    private static final String APP = "cli_a1b2c3d4e5f60718";

    private final FakeClock clock = new FakeClock();

    static List<JsonObject> decrypted() {
        return Vectors.feishu().objects("decrypt");
    }

    static List<JsonObject> calls() {
        return Vectors.feishu().objects("callback");
    }

    @ParameterizedTest
    @MethodSource("decrypted")
    void decrypts_what_the_documents_publish(JsonObject vector) {
        assertThat(new EventKey(vector.text("encryptKey", "")).open(vector.text("encrypt", "")))
                .contains(vector.text("plain", ""));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void decrypts_each_call_and_finds_its_signature_right(JsonObject vector) {
        var key = new EventKey(vector.text("encryptKey", ""));
        var body = vector.text("body", "");

        assertThat(key.open(Json.object(body).orElseThrow().text("encrypt", "")))
                .contains(vector.text("plain", ""));
        assertThat(key.signs(
                        vector.text("timestamp", ""),
                        vector.text("nonce", ""),
                        body.getBytes(StandardCharsets.UTF_8),
                        vector.text("signature", "")))
                .isTrue();
    }

    @Test
    void answers_the_challenge_with_the_same_word() {
        var challenge = vector("challenge");

        assertThat(door(challenge).open(call(challenge).call()))
                .isEqualTo(new WebhookDoor.Opened.Challenge("ajls384kdjx98XX"));
    }

    @Test
    void answers_the_challenge_without_the_headers_too() {
        var challenge = vector("challenge");

        assertThat(door(challenge).open(unsigned(call(challenge)).call()))
                .isInstanceOf(WebhookDoor.Opened.Challenge.class);
    }

    @Test
    void opens_a_genuine_event() {
        var text = vector("text message");

        assertThat(door(text).open(call(text).call()))
                .isInstanceOfSatisfying(WebhookDoor.Opened.Genuine.class, genuine -> {
                    assertThat(genuine.event().id()).isEqualTo("5e3702a84e847582be8db7fb73283c02");
                    assertThat(genuine.event().type()).isEqualTo("im.message.receive_v1");
                });
    }

    @Test
    void refuses_a_changed_signature_and_a_missing_header() {
        var text = vector("text message");
        var call = call(text);

        assertRefused(
                text,
                call.withHeader(
                        "X-Lark-Signature", "0" + text.text("signature", "").substring(1)));
        for (var header : List.of("X-Lark-Signature", "X-Lark-Request-Timestamp", "X-Lark-Request-Nonce")) {
            assertRefused(text, call.withoutHeader(header));
        }
        assertRefused(text, unsigned(call));
    }

    @Test
    void refuses_a_space_behind_the_body() {
        var text = vector("text message");

        assertRefused(text, call(text).withBody(text.text("body", "") + " "));
    }

    @Test
    void refuses_what_is_not_encrypted_even_a_verification() {
        for (var vector : calls()) {
            assertRefused(vector, unsigned(call(vector)).withBody(vector.text("plain", "")));
        }
    }

    @Test
    void refuses_another_token_and_another_app() {
        for (var vector : calls()) {
            var other = new WebhookDoor(APP, vector.text("encryptKey", ""), "other", Duration.ofHours(8), clock);
            assertThat(other.open(call(vector).call())).isInstanceOf(WebhookDoor.Opened.Refused.class);
        }
        var text = vector("text message");
        var foreign = new WebhookDoor(
                "cli_other",
                text.text("encryptKey", ""),
                text.text("verificationToken", ""),
                Duration.ofHours(8),
                clock);
        assertThat(foreign.open(call(text).call())).isInstanceOf(WebhookDoor.Opened.Refused.class);
    }

    @Test
    void refuses_what_cannot_have_been_encrypted() {
        var challenge = vector("challenge");

        for (var encrypt :
                List.of("", "AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0OD0uNnpH/g1Yl1Hp3TWe4L5trJvB=", "%%%")) {
            assertRefused(challenge, unsigned(call(challenge)).withBody("{\"encrypt\":\"" + encrypt + "\"}"));
        }
    }

    @Test
    void refuses_malformed_json_other_methods_and_bodies_without_end() {
        var challenge = vector("challenge");

        for (var body : List.of("", "{", "[]", "null", "{\"encrypt\":1}", "x".repeat((1 << 20) + 1))) {
            assertRefused(challenge, unsigned(call(challenge)).withBody(body));
        }
        assertRefused(challenge, Requests.get("/webhooks/x"));
    }

    private void assertRefused(JsonObject vector, Requests call) {
        assertThat(door(vector).open(call.call())).isInstanceOf(WebhookDoor.Opened.Refused.class);
    }

    private WebhookDoor door(JsonObject vector) {
        return new WebhookDoor(
                APP, vector.text("encryptKey", ""), vector.text("verificationToken", ""), Duration.ofHours(8), clock);
    }

    private static JsonObject vector(String name) {
        return calls().stream()
                .filter(one -> one.text("name", "").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Requests call(JsonObject vector) {
        return Requests.post("/webhooks/x", vector.text("body", ""))
                .withHeader("X-Lark-Request-Timestamp", vector.text("timestamp", ""))
                .withHeader("X-Lark-Request-Nonce", vector.text("nonce", ""))
                .withHeader("X-Lark-Signature", vector.text("signature", ""));
    }

    private static Requests unsigned(Requests call) {
        return call.withoutHeader("X-Lark-Request-Timestamp")
                .withoutHeader("X-Lark-Request-Nonce")
                .withoutHeader("X-Lark-Signature");
    }
}
