package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A whole hub on a platform that takes three replies of 60 characters within 48 hours of a customer's message. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendWindowTest {
    private static final int LIMIT = 60;
    private static final Duration WINDOW = Duration.ofHours(48);

    private final ModelServer server = new ModelServer();
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(
                platform,
                Map.of(
                        "replies-per-window", "3",
                        "window-hours", "" + WINDOW.toHours(),
                        "text-limit", "" + LIMIT),
                List.of(Offer.ofHub(new LineProvider.Factory())));
        owner = hub.owner();
        server.plays("check", call -> call.status(200));
        put("/api/instances/ai_provider/stub", """
                {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(server.address()));
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
        put("/api/instances/responder/helper", """
                {"contribution":"ai","settings":{"alias":"chat"},"enabled":true}""");
        put("/api/instances/responder", "{\"keys\":[\"helper\"]}");
    }

    @BeforeEach
    void forget() {
        server.calls().clear();
        plays("Which parcel do you mean?");
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
        server.close();
    }

    @Test
    void what_comes_after_its_window_is_not_paid_for_and_waits_for_a_person_who_is_told_why() throws Exception {
        platform.sayLate(
                hub.port(), "late", "anna", "where is my parcel?", Instant.now().minus(WINDOW));

        Eventually.holds(() -> "waiting".equals(find("anna").path("mode").asText()));
        assertThat(server.calls("m")).isEmpty();
        assertThat(platform.to("anna")).isEmpty();
        assertThat(find("anna").at("/window/open").asBoolean(true)).isFalse();
        assertThat(find("anna").at("/window/left").asInt(-1)).isZero();
        var id = take("anna");
        var refused = reply(id, "a1", "it is on its way");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("type").asText()).isEqualTo("/problems/send-window");
        assertThat(refused.json().get("detail").asText()).contains("too much time has passed");
        assertThat(owner.with("Accept-Language", "zh")
                        .post(path(id, "reply"), body("a1", "在路上"))
                        .text())
                .contains("已超过平台允许的时间");

        platform.say(hub.port(), "again", "anna", "hello?");
        assertThat(reply(id, "a1", "it is on its way").status()).isEqualTo(200);
        assertThat(platform.await("anna", 1).getFirst().text()).isEqualTo("it is on its way");
    }

    @Test
    void replies_are_counted_told_to_agents_and_refused_when_none_is_left_however_often_the_hub_is_restarted()
            throws Exception {
        platform.say(hub.port(), "b1", "bert", "where is my parcel number?");
        platform.await("bert", 1);
        var id = take("bert");
        assertThat(window(id).get("most").asInt()).isEqualTo(3);
        assertThat(window(id).get("left").asInt()).isEqualTo(2);
        assertThat(Instant.parse(window(id).get("until").asText()))
                .isBetween(
                        Instant.now().plus(WINDOW).minusSeconds(60),
                        Instant.now().plus(WINDOW));
        assertThat(reply(id, "c1", "one").status()).isEqualTo(200);

        hub.restart();
        owner = hub.ownerAgain();
        assertThat(window(id).get("left").asInt()).isOne();
        var tooLong = reply(id, "c2", "two ".repeat(20));
        assertThat(tooLong.status()).isEqualTo(409);
        assertThat(tooLong.json().get("detail").asText()).contains("would take 2 messages", "only 1 more");
        assertThat(reply(id, "c2", "two").status()).isEqualTo(200);
        assertThat(reply(id, "c2", "two").status()).as("the same once more").isEqualTo(200);
        var refused = reply(id, "c3", "three");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asText()).contains("all 3 replies");
        platform.say(hub.port(), "b2", "bert", "thank you");
        Eventually.holds(() -> window(id).get("left").asInt() == 3);
        assertThat(reply(id, "c3", "three").status()).isEqualTo(200);

        assertThat(platform.await("bert", 4))
                .extracting(TestPlatform.Heard::text)
                .endsWith("one", "two", "three");
    }

    @Test
    void an_answer_that_is_too_long_is_split_where_a_reader_pauses_and_no_further_than_a_persons_reply_is_left()
            throws Exception {
        plays(
                "This is the first sentence of all of it. It goes on in another. And then in a third one that nobody reads to its end. The end?");

        platform.say(hub.port(), "c1", "carl", "tell me everything about it?");
        var heard = platform.await("carl", 1).getFirst();

        assertThat(heard.pieces()).isEqualTo(2);
        assertThat(heard.text())
                .startsWith("This is the first sentence of all of it.")
                .endsWith("…");
        var id = find("carl").get("id").asText();
        assertThat(window(id).get("left").asInt()).isOne();
        assertThat(owner.get(path(id, "events")).text()).contains("\"shortened\":\"window\"");
    }

    private void plays(String answer) {
        server.plays(
                "m",
                ModelServer.saying("{\"answer\":\"" + answer
                        + "\",\"kind\":\"question\",\"handover\":false,\"confidence\":0.9,\"citations\":[]}"));
    }

    private JsonNode find(String customer) {
        var all = owner.get("/api/conversations?view=all").json().get("conversations");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one ->
                        owner.get(path(one.get("id").asText(), "events")).text().contains("\"" + firstWords(customer)))
                .findFirst()
                .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance);
    }

    private static String firstWords(String customer) {
        return switch (customer) {
            case "anna" -> "where is my parcel?";
            case "bert" -> "where is my parcel number?";
            default -> "tell me everything";
        };
    }

    private String take(String customer) {
        var id = find(customer).get("id").asText();
        assertThat(owner.post(path(id, "take")).status()).isEqualTo(200);
        return id;
    }

    private Browser.Answer reply(String id, String cid, String text) {
        return owner.post(path(id, "reply"), body(cid, text));
    }

    private static String body(String cid, String text) {
        return "{\"cid\":\"" + cid + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    private JsonNode window(String id) {
        return owner.get("/api/conversations/" + id).json().get("window");
    }

    private static String path(String id, String what) {
        return "/api/conversations/" + id + "/" + what;
    }

    private void put(String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
