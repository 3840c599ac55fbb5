package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.TrialMode;
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

class ForgettingTest {
    private static final String ACTOR = "person:test";

    @TempDir
    Path home;

    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void a_plugin_that_something_is_made_of_is_not_removed_and_goes_on() {
        assertThat(hub.life.forget("say", ACTOR)).isInstanceOfSatisfying(Forgotten.Refused.class, refused -> {
            assertThat(refused.why().en()).contains("say");
            assertThat(refused.why().zh()).contains("say");
        });

        assertThat(hub.says("say")).isEqualTo("one");
        assertThat(hub.dropped.resolve("say-1.0.0.jar")).exists();
    }

    @Test
    void a_plugin_is_removed_with_its_file_and_all_its_versions_and_comes_again_as_a_new_one() throws Exception {
        hub.upload(saying("1.1.0", "two"));
        hub.changes.forget(new InstanceName(Kind.FILTER, "say"), ACTOR);

        assertThat(hub.life.forget("say", ACTOR)).isEqualTo(new Forgotten.Gone());

        assertThat(hub.dropped.resolve("say-1.0.0.jar")).doesNotExist();
        assertThat(hub.life.view(Language.EN).plugins()).isEmpty();
        assertThat(hub.contributions.now().offers())
                .noneMatch(offer -> offer.plugin().id().equals("say"));
        assertThat(hub.audited()).containsSubsequence("plugin.retired", "plugin.forgotten");
        hub.restart();
        assertThat(hub.life.view(Language.EN).plugins()).isEmpty();
        assertThat(hub.life.forget("say", ACTOR)).isEqualTo(new Forgotten.Unknown());
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
    }

    @Test
    void what_was_made_of_a_removed_plugin_keeps_its_settings_and_comes_back_with_its_file() throws Exception {
        hub.drop(wording("1.0.0"), "word-1.0.0.jar");
        hub.awaitEnd("word-1.0.0.jar", Activation.Outcome.SERVING);
        hub.changes.forget(new InstanceName(Kind.FILTER, "word"), ACTOR);
        save("mine", "kept", true);
        save("idle", "asleep", false);
        assertThat(hub.life.forget("word", ACTOR)).isInstanceOf(Forgotten.Refused.class);
        hub.life.retire("word", ACTOR);

        assertThat(hub.card("word").instances())
                .extracting(PluginCard.InstanceRef::key, PluginCard.InstanceRef::state)
                .containsExactlyInAnyOrder(tuple("mine", "no-plugin"), tuple("idle", "off"));
        assertThat(hub.life.forget("word", ACTOR)).isEqualTo(new Forgotten.Gone());

        assertThat(hub.audited()).contains("plugin.forgotten");
        hub.restart();
        assertThat(hub.instances.all())
                .extracting(InstanceSpec::key, InstanceSpec::settings)
                .contains(tuple("mine", Map.of("word", "kept")), tuple("idle", Map.of("word", "asleep")));
        hub.drop(wording("1.0.0"), "word-1.0.0.jar");
        hub.awaitSays("mine", "kept");
        assertThat(hub.instances.state(new InstanceName(Kind.FILTER, "idle"))).isEqualTo(new InstanceState.Off());
        // Nothing is made by itself of what something is made of already.
        assertThat(hub.instances.find(new InstanceName(Kind.FILTER, "word"))).isEmpty();
    }

    @Test
    void a_version_that_serves_is_not_removed_and_an_earlier_one_is() throws Exception {
        var first = hub.card("say").serving().orElseThrow().hash();
        hub.drop(saying("1.1.0", "two"), "say-1.1.0.jar");
        hub.awaitEnd("say-1.1.0.jar", Activation.Outcome.SERVING);
        var second = hub.card("say").serving().orElseThrow().hash();

        assertThat(hub.life.forget("say", second, ACTOR)).isInstanceOf(Forgotten.Refused.class);
        assertThat(hub.life.forget("say", first, ACTOR)).isEqualTo(new Forgotten.Gone());

        assertThat(hub.card("say").versions())
                .extracting(PluginCard.VersionCard::version)
                .containsExactly("1.1.0");
        assertThat(hub.dropped.resolve("say-1.0.0.jar")).doesNotExist();
        assertThat(hub.says("say")).isEqualTo("two");
        assertThat(hub.audited()).endsWith("plugin.version_forgotten");
        assertThat(hub.life.bring("say", first, ACTOR, false)).isEmpty();
        assertThat(hub.life.forget("other", second, ACTOR)).isEqualTo(new Forgotten.Unknown());
    }

    @Test
    void the_last_version_that_is_kept_takes_its_plugin_along() {
        var hash = hub.card("say").serving().orElseThrow().hash();
        hub.life.retire("say", ACTOR);

        assertThat(hub.life.forget("say", hash, ACTOR)).isEqualTo(new Forgotten.Gone());

        assertThat(hub.life.view(Language.EN).plugins()).isEmpty();
        hub.restart();
        assertThat(hub.life.view(Language.EN).plugins()).isEmpty();
        assertThat(hub.says("say")).isEqualTo("nothing");
    }

    @Test
    void a_version_on_trial_is_not_removed() throws Exception {
        var first = hub.card("say").serving().orElseThrow().hash();
        hub.upload(saying("1.1.0", "two"));
        hub.life.tryOut("say", first, new TrialMode.Shadow(), ACTOR);

        assertThat(hub.life.forget("say", first, ACTOR))
                .isInstanceOfSatisfying(
                        Forgotten.Refused.class,
                        refused -> assertThat(refused.why().en()).contains("on trial"));
    }

    private void save(String key, String word, boolean enabled) {
        var spec = new InstanceSpec(
                Kind.FILTER,
                key,
                "",
                "word",
                Map.of("word", word),
                enabled,
                InstanceSpec.Choices.NONE,
                9,
                Optional.empty());
        assertThat(hub.changes.save(spec, Set.of(), ACTOR)).isEmpty();
    }

    /** Its filter says what it is set to say. */
    private static PluginJar wording(String version) {
        return PluginJar.of("word", version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec WORD = SettingSpec.text("word", "Word").withDefault("usual");

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new Factory());
                    }

                    static final class Factory implements FilterFactory {
                        @Override
                        public Description description() {
                            return new Description("word", Map.of(Language.EN, "Word"), List.of(WORD));
                        }

                        @Override
                        public Filter create(Settings settings, FilterContext context) {
                            return new Saying(settings.text(WORD));
                        }
                    }

                    record Saying(String word) implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            return Verdict.hold(word);
                        }
                    }
                }
                """);
    }

    private static PluginJar saying(String version, String word) {
        return PluginJar.filter("say", version, "return Verdict.hold(\"" + word + "\");");
    }
}
