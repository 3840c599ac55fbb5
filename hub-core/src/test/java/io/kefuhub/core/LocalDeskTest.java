package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.routing.LineProvider;
import io.kefuhub.core.models.routing.ModelServer;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole hub whose desk may reach local deployments only, while the one that makes vectors is not local. */
class LocalDeskTest {
    private static final String RULES = "/api/model-rules";

    @Test
    void what_the_desk_knows_leaves_only_once_it_may() throws Exception {
        try (var server = new ModelServer();
                var platform = new TestPlatform();
                var hub = new HubFixture(platform, Map.of(), List.of(Offer.ofHub(new LineProvider.Factory())))) {
            var owner = hub.owner();
            server.plays("check", call -> call.status(200));
            server.plays("vectors", call -> call.status(200));
            var open = owner.get(RULES).text();
            put(owner, RULES, open.replace("\"localOnly\":false", "\"localOnly\":true"));
            put(owner, "/api/instances/ai_provider/stub", """
                    {"contribution":"lines","settings":{"address":"%s"},"enabled":true}""".formatted(server.address()));
            put(owner, "/api/deployments/far", "{\"instance\":\"stub\",\"model\":\"vectors\",\"unpriced\":true}");
            put(owner, "/api/aliases/embedding", "{\"deployments\":[\"far\"]}");
            owner.post("/api/knowledge", "{\"question\":\"内部价格是多少？\",\"answer\":\"八折。\"}");

            Eventually.holds(() -> vectors(owner).equals("held"));
            owner.post("/api/knowledge/passages", "{\"question\":\"内部价格\"}");
            assertThat(server.calls("vectors")).isEmpty();

            put(owner, RULES, open);
            Eventually.holds(() -> vectors(owner).equals("ready"));
            assertThat(server.calls("vectors")).isNotEmpty();
        }
    }

    private static String vectors(Browser owner) {
        return owner.get("/api/knowledge/documents").json().at("/vectors/state").asText();
    }

    private static void put(Browser owner, String path, String body) {
        var answer = owner.put(path, body);
        assertThat(answer.status()).as(path + ": " + answer.text()).isLessThan(300);
    }
}
