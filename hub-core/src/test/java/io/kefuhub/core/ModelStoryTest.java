package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.models.screening.Hiding;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A whole hub whose assistant asks a server of models, and a filter that keeps long numbers from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelStoryTest {
    private final ModelServer server = new ModelServer();
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(
                platform,
                Map.of(),
                List.of(Offer.ofHub(new LineProvider.Factory()), Offer.ofHub(new Hiding.Factory())));
        owner = hub.owner();
        server.plays("check", call -> call.status(200));
        put("/api/instances/ai_provider/stub", """
                {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(server.address()));
        put("/api/deployments/main", "{\"instance\":\"stub\",\"model\":\"m\",\"unpriced\":true}");
        put("/api/aliases/chat", "{\"deployments\":[\"main\"]}");
        put("/api/instances/filter/hiding", "{\"contribution\":\"hiding\",\"settings\":{},\"enabled\":true}");
        put("/api/instances/responder/helper", """
                {"contribution":"ai","settings":{"alias":"chat"},"enabled":true}""");
        put("/api/instances/responder", "{\"keys\":[\"helper\"]}");
    }

    @BeforeEach
    void forget() {
        server.calls().clear();
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
        server.close();
    }

    @Test
    void a_number_that_a_filter_hides_never_reaches_the_model_and_is_back_in_what_the_customer_reads()
            throws Exception {
        server.plays(
                "m",
                ModelServer.saying(
                        "{\"answer\":\"您的订单号是 [N",
                        "1] 吗？\",\"kind\":\"question\",\"handover\":false,\"confidence\":0.9,\"citations\":[]}"));

        platform.say(hub.port(), "anna-1", "anna", "我的订单 20261126001 怎么还没到");
        var heard = platform.await("anna", 1);

        assertThat(heard.getFirst().text()).isEqualTo("您的订单号是 20261126001 吗？");
        assertThat(server.calls("m"))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.body).contains("[N1]").doesNotContain("20261126001"));
    }

    @Test
    void what_a_filter_lets_not_leave_goes_down_the_ladder_and_the_trace_says_why() throws Exception {
        platform.say(hub.port(), "bert-1", "bert", "secret 的事情你们怎么看");
        platform.await("bert", 1);

        assertThat(server.calls("m")).isEmpty();
        var trace = lastTrace();
        assertThat(trace.at("/models/0/outcome").asText()).isEqualTo("filtered");
        assertThat(trace.at("/remarks/rung").asText()).isEqualTo("promise");
    }

    private JsonNode lastTrace() {
        var conversation = owner.get("/api/conversations?view=all")
                .json()
                .at("/conversations/0/id")
                .asText();
        return StreamSupport.stream(
                        owner.get("/api/conversations/" + conversation + "/events")
                                .json()
                                .get("events")
                                .spliterator(),
                        false)
                .filter(event -> event.at("/message/trace/models").isArray())
                .map(event -> event.at("/message/trace"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private void put(String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
