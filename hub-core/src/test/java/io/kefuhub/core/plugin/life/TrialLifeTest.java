package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialLifeTest {
    private static final TrialMode HALF = new TrialMode.Canary(50);
    private static final TrialMode SHADOW = new TrialMode.Shadow();

    @TempDir
    Path home;

    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void a_canary_answers_for_its_share_of_the_conversations_always_the_same_ones_also_after_a_restart()
            throws Exception {
        tryOut(saying("1.1.0", "one"), HALF);

        var first = verdicts(200);

        assertThat(first.values()).contains("one of 1.0.0", "one of 1.1.0");
        assertThat(verdicts(first.keySet())).isEqualTo(first);
        var trial = hub.card("say").trial().orElseThrow();
        assertThat(trial.mode()).isEqualTo("canary");
        assertThat(trial.percent()).contains(50);
        assertThat(trial.ended()).isEmpty();
        assertThat(trial.instances()).singleElement().satisfies(one -> {
            assertThat(one.key()).isEqualTo("say");
            assertThat(one.serving().calls()).isPositive();
            assertThat(one.candidate().calls()).isPositive();
        });
        hub.restart();
        assertThat(verdicts(first.keySet())).isEqualTo(first);
    }

    @Test
    void a_version_that_comes_to_serve_ends_its_own_trial_and_leaves_nothing_in_memory() throws Exception {
        var tried = tryOut(saying("1.1.0", "one"), HALF);

        hub.life.bring("say", tried.sha256(), "person:test", false);

        assertThat(verdicts(50).values()).containsOnly("one of 1.1.0");
        assertThat(hub.contributions.now().trials()).isEmpty();
        // The version it replaced, and the copy that was on trial.
        hub.awaitGone(2);
        assertThat(hub.card("say").leaks()).isEmpty();
        assertThat(hub.privateFiles()).hasSize(1);
    }

    @Test
    void a_shadow_is_compared_and_never_believed_and_is_taken_back_by_hand() throws Exception {
        tryOut(PluginJar.filter("say", "1.1.0", "return Verdict.pass();"), SHADOW);

        assertThat(verdicts(20).values()).containsOnly("one of 1.0.0");

        Eventually.holds(() -> comparison().differed() == 20);
        assertThat(comparison().differences().getFirst().serving().word()).isEqualTo("hold");
        assertThat(hub.life.endTrial("say", "person:test")).isTrue();
        assertThat(hub.life.endTrial("say", "person:test")).isFalse();
        assertThat(hub.card("say").trial().orElseThrow().ended()).isPresent();
        assertThat(hub.card("say").trial().orElseThrow().instances()).isNotEmpty();
        assertThat(hub.contributions.now().trials()).isEmpty();
        assertThat(hub.audited()).contains("plugin.tried", "plugin.taken_back");
        hub.awaitGone(1);
        hub.restart();
        assertThat(hub.contributions.now().trials()).isEmpty();
    }

    @Test
    void a_candidate_that_fails_is_taken_back_by_itself_and_costs_no_message() throws Exception {
        tryOut(PluginJar.filter("say", "1.1.0", "throw new IllegalStateException(\"no good\");"), HALF);

        Eventually.holds(() -> {
            assertThat(verdicts(20).values()).containsOnly("one of 1.0.0");
            return hub.contributions.now().trials().isEmpty();
        });

        assertThat(hub.card("say").state()).isEqualTo("serving");
        assertThat(hub.card("say").trial().orElseThrow().ended().orElseThrow()).contains("failed");
        Eventually.holds(() ->
                hub.life.activations("say", 1).getFirst().outcome().orElseThrow() == Activation.Outcome.TAKEN_BACK);
    }

    @Test
    void new_versions_begin_as_an_admin_has_said() throws Exception {
        serve();
        assertThat(hub.life.arrivals("say", Optional.of(SHADOW), "person:test")).isTrue();

        hub.drop(saying("1.1.0", "two"), "say-1.1.0.jar");

        hub.awaitEnd("say-1.1.0.jar", Activation.Outcome.ON_TRIAL);
        assertThat(verdicts(5).values()).containsOnly("one of 1.0.0");
        assertThat(hub.card("say").arrivals()).contains(TrialTerms.of(SHADOW));
        hub.life.arrivals("say", Optional.empty(), "person:test");
        hub.drop(saying("1.2.0", "three"), "say-1.2.0.jar");
        hub.awaitEnd("say-1.2.0.jar", Activation.Outcome.SERVING);
        assertThat(verdicts(5).values()).containsOnly("three of 1.2.0");
    }

    @Test
    void a_share_grows_without_the_numbers_being_lost() throws Exception {
        var tried = tryOut(saying("1.1.0", "one"), new TrialMode.Canary(10));
        var before = verdicts(100);

        hub.life.tryOut("say", tried.sha256(), new TrialMode.Canary(60), "person:test");

        assertThat(comparison().serving().calls() + comparison().candidate().calls())
                .isEqualTo(100);
        var after = verdicts(before.keySet());
        before.forEach((conversation, said) -> {
            if (said.equals("one of 1.1.0")) assertThat(after).containsEntry(conversation, said);
        });
    }

    @Test
    void a_candidate_has_the_settings_of_the_instance_it_is_compared_to() throws Exception {
        tryOut(saying("1.1.0", "one"), new TrialMode.Canary(100));
        var wanted = new InstanceSpec(
                Kind.FILTER,
                "say",
                "",
                "say",
                Map.of("word", "changed"),
                true,
                InstanceSpec.Choices.NONE,
                1,
                Optional.empty());

        assertThat(hub.changes.save(wanted, Set.of(), "person:test")).isEmpty();

        assertThat(verdicts(20).values()).containsOnly("changed of 1.1.0");
    }

    @Test
    void what_serves_nothing_cannot_be_tried() throws Exception {
        serve();
        hub.changes.forget(new InstanceName(Kind.FILTER, "say"), "person:test");
        var kept = hub.upload(saying("1.1.0", "two"));
        hub.life.bring("say", first(), "person:test", false);

        var tried = hub.life.tryOut("say", kept.sha256(), SHADOW, "person:test").orElseThrow();

        hub.assertRefused(tried, "Nothing of it can be tried");
        assertThat(hub.life.tryOut("say", "no such hash", SHADOW, "person:test"))
                .isEmpty();
        Eventually.holds(() -> hub.life.view(io.kefuhub.api.Language.EN).unloading() == 0);
        assertThat(hub.card("say").leaks()).isEmpty();
    }

    private String first() {
        return hub.card("say").versions().getLast().hash();
    }

    private void serve() throws IOException {
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);
    }

    /** Has 1.0.0 serve and another version tried beside it. */
    private Activation tryOut(PluginJar candidate, TrialMode mode) throws IOException {
        serve();
        hub.life.arrivals("say", Optional.of(mode), "person:test");
        var tried = hub.upload(candidate);
        assertThat(tried.outcome()).contains(Activation.Outcome.ON_TRIAL);
        return tried;
    }

    private TrialCard.Comparison comparison() {
        return hub.card("say").trial().orElseThrow().instances().getFirst();
    }

    private Map<ConversationId, String> verdicts(int conversations) {
        var all = new HashMap<ConversationId, String>();
        for (var i = 0; i < conversations; i++) {
            var conversation = new ConversationId(UUID.randomUUID());
            all.put(conversation, hub.says(conversation));
        }
        return all;
    }

    private Map<ConversationId, String> verdicts(Iterable<ConversationId> conversations) {
        var all = new HashMap<ConversationId, String>();
        conversations.forEach(conversation -> all.put(conversation, hub.says(conversation)));
        return all;
    }

    /** A filter that holds with the word it is set to, and its version. */
    private static PluginJar saying(String version, String word) {
        return PluginJar.of("say", version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new TheFactory());
                    }

                    static final class TheFactory implements FilterFactory {
                        static final SettingSpec WORD = SettingSpec.text("word", "Word").withDefault("%s");

                        @Override
                        public Description description() {
                            return new Description("say", Map.of(Language.EN, "A filter"), List.of(WORD));
                        }

                        @Override
                        public Filter create(Settings settings, FilterContext context) {
                            return new TheFilter(settings.text(WORD));
                        }
                    }

                    record TheFilter(String word) implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            return Verdict.hold(word + " of %s");
                        }
                    }
                }
                """.formatted(word, version));
    }
}
