package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An assistant in a whole hub, where no model is set up: what is left of it, and what agents think of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssistantTest {
    private static final String QUESTION = "退货的运费到底谁出";

    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        owner = hub.owner();
        owner.post("/api/knowledge", "{\"question\":\"退货的运费谁出，怎么算？\",\"answer\":\"质量问题由我们承担。\"}");
        var made = owner.put(
                "/api/instances/responder/helper",
                "{\"contribution\":\"ai\",\"settings\":{\"alias\":\"chat\"},\"enabled\":true}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(owner.put("/api/instances/responder", "{\"keys\":[\"helper\"]}")
                        .status())
                .isLessThan(300);
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
    }

    @Test
    void what_it_does_without_a_model_stands_in_the_trace() throws Exception {
        var trace = reply("anna", QUESTION).get("trace");

        assertThat(trace.at("/responder").asText()).isEqualTo("helper");
        assertThat(trace.at("/remarks/rung").asText()).isEqualTo("extract");
        assertThat(trace.at("/models/0/outcome").asText()).isEqualTo("no-model");
        assertThat(trace.at("/source/code").asText()).isEqualTo("extract");
        assertThat(trace.at("/source/citations/0/title").asText()).startsWith("退货的运费谁出");
    }

    @Test
    void an_agent_says_what_they_think_of_an_answer_and_takes_it_back() throws Exception {
        var answer = reply("bert", QUESTION);
        var path = "/api/messages/" + answer.get("id").asText() + "/opinion";

        assertThat(owner.put(path, "{\"helpful\":true}").status()).isEqualTo(204);
        assertThat(owner.put(path, "{\"helpful\":false}").status()).isEqualTo(204);
        assertThat(opinions(answer)).singleElement().satisfies(opinion -> {
            assertThat(opinion.get("helpful").asBoolean()).isFalse();
            assertThat(opinion.get("mine").asBoolean()).isTrue();
        });
        assertThat(owner.delete(path).status()).isEqualTo(204);
        assertThat(opinions(answer)).isEmpty();
        assertThat(owner.get("/api/audit?subject=message:" + answer.get("id").asText())
                        .text())
                .contains("answer.liked", "answer.disliked", "answer.opinion-withdrawn");
    }

    @Test
    void a_correction_waits_for_somebody_to_publish_it() throws Exception {
        var answer = reply("carl", QUESTION);
        var path = "/api/messages/" + answer.get("id").asText() + "/correction";

        var proposed = owner.post(path, "{\"question\":\"退货运费归谁\",\"answer\":\"看原因。\"}");

        assertThat(proposed.status()).as(proposed.text()).isEqualTo(204);
        assertThat(reply("dora", "退货运费归谁").at("/trace/source/title").asText()).isNotEqualTo("退货运费归谁");
        assertThat(owner.post(path, "{\"question\":\" \",\"answer\":\"x\"}").status())
                .isEqualTo(400);
    }

    @Test
    void there_are_no_opinions_of_what_is_no_answer_of_the_bots() throws Exception {
        var answer = reply("emil", QUESTION);
        var question = messages(conversationOf(answer)).getFirst().get("id").asText();

        assertThat(owner.put("/api/messages/" + question + "/opinion", "{\"helpful\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(owner.put("/api/messages/" + UUID.randomUUID() + "/opinion", "{\"helpful\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(owner.put("/api/messages/" + question + "/opinion", "{}").status())
                .isEqualTo(400);
    }

    private List<JsonNode> opinions(JsonNode answer) {
        return list(owner.get("/api/conversations/" + conversationOf(answer) + "/opinions")
                .json()
                .get("opinions"));
    }

    private String conversationOf(JsonNode message) {
        return conversations().stream()
                .filter(id ->
                        messages(id).stream().anyMatch(one -> one.get("id").equals(message.get("id"))))
                .findFirst()
                .orElseThrow();
    }

    /** Says something as a new customer; returns the reply as agents see it. */
    private JsonNode reply(String customer, String said) throws Exception {
        var before = conversations();
        platform.say(hub.port(), customer + "-1", customer, said);
        platform.await(customer, 1);
        var mine = conversations().stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();
        return messages(mine).getLast();
    }

    private List<String> conversations() {
        return list(owner.get("/api/conversations?view=all").json().get("conversations")).stream()
                .map(one -> one.get("id").asText())
                .toList();
    }

    private List<JsonNode> messages(String conversation) {
        return list(owner.get("/api/conversations/" + conversation + "/events")
                        .json()
                        .get("events"))
                .stream()
                .filter(event -> event.get("kind").asText().equals("message"))
                .map(event -> event.get("message"))
                .toList();
    }

    private static List<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).toList();
    }
}
