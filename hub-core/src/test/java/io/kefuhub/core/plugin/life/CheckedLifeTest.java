package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.CheckResult;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance says whether it would work before it serves: with another version, and with other settings. */
class CheckedLifeTest {
    private static final String NAME = "talk.jar";

    @TempDir
    Path home;

    private LifeFixture hub;
    private long generation;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
        hub.drop(accepting("1.0.0", "good"), NAME);
        hub.awaitEnd(NAME, Activation.Outcome.SERVING);
        assertThat(hub.changes.save(model("good"), Set.of(), "person:test")).isEmpty();
        generation = serving();
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void a_version_whose_check_names_a_wrong_field_is_refused_and_the_one_before_serves() throws Exception {
        hub.drop(accepting("1.1.0", "better"), NAME);

        hub.assertRefused(
                hub.awaitEnd(NAME, Activation.Outcome.REFUSED),
                "\"model\" would not work with it: key: the provider refuses it");
        assertThat(serving()).isEqualTo(generation);
        assertThat(hub.card("talk").serving().orElseThrow().version()).isEqualTo("1.0.0");
        assertThat(hub.privateFiles()).hasSize(1);
    }

    @Test
    void a_version_whose_check_is_fine_serves() throws Exception {
        hub.drop(accepting("1.1.0", "good"), NAME);

        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.1.0");
        assertThat(serving()).isGreaterThan(generation);
    }

    @Test
    void settings_whose_check_names_a_wrong_field_are_neither_kept_nor_served() {
        var problems = hub.changes.save(model("bad"), Set.of(), "person:test");

        assertThat(problems).containsExactly(new CheckResult.Problem("key", "the provider refuses it"));
        assertThat(serving()).isEqualTo(generation);
        assertThat(hub.instances
                        .find(new InstanceName(Kind.AI_PROVIDER, "model"))
                        .orElseThrow()
                        .settings())
                .containsEntry("key", "good");
    }

    @Test
    void settings_can_be_checked_without_being_kept() {
        assertThat(hub.changes.check(model("bad"), Set.of()))
                .containsExactly(new CheckResult.Problem("key", "the provider refuses it"));
        assertThat(hub.changes.check(model("good"), Set.of())).isEmpty();

        assertThat(serving()).isEqualTo(generation);
        assertThat(hub.audited()).containsOnlyOnce("instance.added").doesNotContain("instance.changed");
    }

    private long serving() {
        return hub.contributions.now().aiProvider("model").orElseThrow().generation();
    }

    private static InstanceSpec model(String key) {
        return new InstanceSpec(
                Kind.AI_PROVIDER,
                "model",
                "",
                "talk",
                Map.of("key", key),
                true,
                InstanceSpec.Choices.NONE,
                1,
                Optional.empty());
    }

    /** An AI provider that takes one key for the right one. */
    private static PluginJar accepting(String version, String key) {
        return PluginJar.of("talk", version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.ai.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec KEY = SettingSpec.text("key", "Key");

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new AiProviderFactory() {
                            @Override
                            public Description description() {
                                return new Description("talk", Map.of(Language.EN, "A model"), List.of(KEY));
                            }

                            @Override
                            public AiProvider create(Settings settings, AiProviderContext context) {
                                return new Talk(settings.text(KEY));
                            }
                        });
                    }

                    record Talk(String key) implements AiProvider {
                        @Override
                        public CheckResult check() {
                            if (key.equals("%s")) return new CheckResult.Fine();
                            return new CheckResult.Wrong(
                                    List.of(new CheckResult.Problem("key", "the provider refuses it")));
                        }

                        @Override
                        public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
                            return new AiReply.Overloaded(false);
                        }
                    }
                }
                """.formatted(key));
    }
}
