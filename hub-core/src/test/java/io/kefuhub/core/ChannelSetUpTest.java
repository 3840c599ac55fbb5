package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An admin sets a channel up: saved but off, verified, switched on; and what its doctor says meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelSetUpTest {
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        owner = hub.owner();
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
    }

    @Test
    void a_channel_that_is_saved_but_off_answers_its_platforms_verification_and_stores_nothing() throws Exception {
        assertThat(platform.verify(hub.port(), "second", "hello", TestPlatform.SECRET))
                .as("before it is saved")
                .isEqualTo("404");
        save("second", false, TestPlatform.SECRET);

        assertThat(todo("second")).startsWith("verify-then-switch-on");
        assertThat(platform.verify(hub.port(), "second", "hello", TestPlatform.SECRET))
                .isEqualTo("hello");
        assertThat(doctor("second").at("/lastCall/outcome").asText()).isEqualTo("answered");
        assertThat(platform.verify(hub.port(), "second", "hello", "forged")).isEqualTo("401");
        assertThat(doctor("second").at("/lastCall/detail").asText()).isEqualTo("wrong signature of the challenge");
        assertThat(todo("second")).contains("call-refused");
        assertThat(message("second", "early")).isEqualTo(503);
        assertThat(platform.to("early")).isEmpty();

        save("second", false, "another");
        assertThat(platform.verify(hub.port(), "second", "again", "another"))
                .as("with the settings it has now")
                .isEqualTo("again");
        save("second", true, TestPlatform.SECRET);
        assertThat(platform.verify(hub.port(), "second", "on", TestPlatform.SECRET))
                .isEqualTo("on");
        assertThat(message("second", "late")).isEqualTo(200);
        platform.await("late", 1);
        assertThat(todo("second")).doesNotContain("verify-then-switch-on");

        save("second", false, TestPlatform.SECRET);
        assertThat(message("second", "late")).isEqualTo(503);
        hub.restart();
        owner = hub.ownerAgain();
        Eventually.holds(() -> doctor("second").get("verifies").asBoolean());
        assertThat(platform.verify(hub.port(), "second", "restarted", TestPlatform.SECRET))
                .isEqualTo("restarted");
        assertThat(conversations()).doesNotContain("early");
    }

    @Test
    void a_doctor_tells_of_the_last_call_and_the_last_send_and_what_is_to_be_done() throws Exception {
        save("third", true, TestPlatform.SECRET);
        assertThat(doctor("third").has("lastCall")).isFalse();
        assertThat(doctor("third").get("address").asText()).endsWith("/webhooks/third");
        assertThat(todo("third")).containsExactly("local-address");

        platform.fail(410);
        assertThat(message("third", "gone")).isEqualTo(200);
        Eventually.holds(() -> doctor("third").at("/lastSend/outcome").asText().equals("failed"));
        assertThat(doctor("third").at("/lastCall/outcome").asText()).isEqualTo("fine");
        assertThat(doctor("third").at("/lastCall/detail").asText()).isEqualTo("1");
        assertThat(doctor("third").at("/lastSend/detail").asText()).isEqualTo("the customer is gone");
        assertThat(owner.with("Accept-Language", "zh-CN")
                        .get("/api/channels/third/doctor")
                        .json()
                        .at("/todo/0/about")
                        .asText())
                .as("as a Chinese reader sees it")
                .isEqualTo("客户已离开");
        assertThat(todo("third"))
                .as("a platform that called has reached the hub")
                .containsExactly("send-failed");
        assertThat(message("third", "here")).isEqualTo(200);
        platform.await("here", 1);
        Eventually.holds(() -> doctor("third").at("/lastSend/outcome").asText().equals("fine"));
        assertThat(todo("third")).doesNotContain("send-failed");
        assertThat(owner.get("/api/channels/nobody/doctor").status()).isEqualTo(404);
    }

    @Test
    void settings_that_cannot_work_are_named_where_a_channel_that_is_off_cannot_be_verified() {
        owner.put(
                "/api/instances/channel/fourth",
                "{\"contribution\":\"test\",\"settings\":{\"secret\":\"s\",\"address\":\"not an address\"},"
                        + "\"enabled\":false,\"desks\":[\"main\"]}");

        assertThat(doctor("fourth").get("verifies").asBoolean()).isFalse();
        assertThat(todo("fourth")).startsWith("cannot-verify");
    }

    @Test
    void texts_of_a_channel_are_shown_beside_their_usual_words_and_a_wrong_line_is_named() {
        var usual = owner.get("/api/contributions/channel/test/texts/sayings").json();

        var words = new HashMap<String, String>();
        usual.get("languages")
                .forEach(one -> words.put(
                        one.get("language").asText(), one.at("/texts/hello").asText()));
        assertThat(words).isEqualTo(Map.of("en", "Hello", "zh-CN", "你好"));
        assertThat(owner.get("/api/contributions/channel/test/texts/secret").status())
                .isEqualTo(404);
        var refused = owner.with("Accept-Language", "zh-CN")
                .put(
                        "/api/instances/channel/fifth",
                        "{\"contribution\":\"test\",\"settings\":{\"secret\":\"s\",\"address\":\"" + platform.address()
                                + "\",\"sayings\":\"en.bye = Bye\"},\"enabled\":true,\"desks\":[\"main\"]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/problems/0/setting").asText()).isEqualTo("sayings");
        assertThat(refused.json().at("/problems/0/text").asText()).isEqualTo("第 1 行：名称应为以下之一：hello。");
    }

    private void save(String key, boolean enabled, String secret) {
        var answer = owner.put(
                "/api/instances/channel/" + key,
                "{\"contribution\":\"test\",\"settings\":{\"secret\":\"" + secret + "\",\"address\":\""
                        + platform.address() + "\"},\"enabled\":" + enabled + ",\"desks\":[\"main\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private int message(String channel, String from) throws Exception {
        var body = "{\"id\":\"%s-%d\",\"from\":\"%s\",\"text\":\"is there anybody at all?\"}"
                .formatted(from, System.nanoTime(), from);
        return platform.postTo(hub.port(), channel, body.getBytes(StandardCharsets.UTF_8), TestPlatform.SECRET);
    }

    private JsonNode doctor(String key) {
        return owner.get("/api/channels/" + key + "/doctor").json();
    }

    private List<String> todo(String key) {
        var codes = new ArrayList<String>();
        doctor(key).get("todo").forEach(one -> codes.add(one.get("code").asText()));
        return codes;
    }

    private String conversations() {
        return owner.get("/api/conversations?view=all").text();
    }
}
