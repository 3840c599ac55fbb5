package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an admin takes away, and what the hub itself does, over the API of a whole hub. */
class RemovedPluginTest {
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        owner = hub.owner();
        folder = Path.of(owner.get("/api/plugins").json().get("folder").asText());
    }

    @AfterEach
    void stop() {
        hub.close();
        platform.close();
    }

    @Test
    void a_plugin_is_removed_once_nothing_is_made_of_it_and_the_audit_says_so() throws Exception {
        var file = saying("1.0.0").build(folder.resolve("say.jar"));
        Eventually.holds(() -> plugin("say").path("state").asText().equals("serving"));
        var hash = plugin("say").path("serving").path("hash").asText();

        assertThat(owner.post("/api/plugins/say/leaks/trace").status()).isEqualTo(404);
        var refused = owner.delete("/api/plugins/say/versions");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asText()).contains("say");
        assertThat(owner.delete("/api/plugins/say/versions/" + hash).status()).isEqualTo(409);
        assertThat(owner.delete("/api/plugins/nobody/versions").status()).isEqualTo(404);
        assertThat(owner.delete("/api/instances/filter/say").status()).isEqualTo(204);
        assertThat(owner.delete("/api/plugins/say/versions").status()).isEqualTo(204);

        assertThat(plugin("say").isMissingNode()).isTrue();
        assertThat(file).doesNotExist();
        var lines = owner.get("/api/audit").json().get("entries");
        assertThat(find(lines, "action", "plugin.forgotten").path("subject").asText())
                .isEqualTo("plugin:say");
    }

    @Test
    void a_secret_is_emptied_only_when_that_is_asked_for() throws Exception {
        telling().build(folder.resolve("tell.jar"));
        Eventually.holds(() -> plugin("tell").path("state").asText().equals("asking"));
        var hash = plugin("tell").path("versions").path(0).path("hash").asText();
        owner.post("/api/plugins/tell/versions/" + hash, Json.text(Map.of("allow", true)));
        assertThat(plugin("tell").path("state").asText()).isEqualTo("serving");
        save(Map.of("contribution", "tell", "settings", Map.of("token", "s3cret")));
        save(Map.of("contribution", "tell", "settings", Map.of()));
        assertThat(instance().get("secrets").toString()).isEqualTo("[\"token\"]");

        save(Map.of("contribution", "tell", "settings", Map.of(), "clearedSecrets", List.of("token")));

        assertThat(instance().get("secrets")).isEmpty();
    }

    @Test
    void a_version_that_fails_again_and_again_is_taken_back_by_the_hub_itself() throws Exception {
        saying("1.0.0").build(folder.resolve("say.jar"));
        Eventually.holds(() -> serves("1.0.0"));
        PluginJar.filter("say", "1.1.0", "throw new IllegalStateException(\"no good\");")
                .build(folder.resolve("say.jar"));
        Eventually.holds(() -> serves("1.1.0"));

        // Twenty failures are a rest; after each the next one tries, and fails.
        for (var failures = 1; failures <= 23; failures++) {
            if (failures > 20) hub.skip(Duration.ofSeconds(31));
            platform.say(hub.port(), "q" + failures, "anna-" + failures, "is there anybody?");
            var all = failures;
            Eventually.holds(
                    () -> serves("1.0.0") || plugin("say").path("errors").asInt() >= all);
        }

        // First the one before serves, then it is written down why.
        Eventually.holds(() -> find(plugin("say").path("versions"), "version", "1.1.0")
                .path("setAside")
                .asText()
                .contains("no good"));
        assertThat(serves("1.0.0")).isTrue();
    }

    private boolean serves(String version) {
        return plugin("say").at("/serving/version").asText().equals(version);
    }

    private void save(Map<String, Object> wanted) {
        assertThat(owner.put("/api/instances/filter/tell", Json.text(wanted)).status())
                .isEqualTo(200);
    }

    private JsonNode instance() {
        return find(owner.get("/api/instances").json().get("instances"), "key", "tell");
    }

    private JsonNode plugin(String id) {
        return find(owner.get("/api/plugins").json().get("plugins"), "id", id);
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path(field).asText().equals(value))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static PluginJar saying(String version) {
        return PluginJar.filter("say", version, "return Verdict.pass();");
    }

    private static PluginJar telling() {
        return PluginJar.of("tell", "1.0.0").manifest("Plugin-Secrets", "yes").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new FilterFactory() {
                            @Override
                            public Description description() {
                                var token = SettingSpec.secret("token", "Token").optional();
                                return new Description("tell", Map.of(Language.EN, "A filter"), List.of(token));
                            }

                            @Override
                            public Filter create(Settings settings, FilterContext context) {
                                return new Filter() {
                                    @Override
                                    public Set<Stage> stages() {
                                        return Set.of(Stage.CUSTOMER_IN);
                                    }

                                    @Override
                                    public Verdict apply(Message message, Facts facts, Stage stage) {
                                        return Verdict.pass();
                                    }
                                };
                            }
                        });
                    }
                }
                """);
    }
}
