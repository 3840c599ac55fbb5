package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLifeTest {
    private static final String CASES = "META-INF/kefuhub/cases/say.json";

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
    void what_a_build_makes_serves_whenever_it_is_made_anew() throws Exception {
        saying("1.0.0", "one").build(hub.target.resolve("say-1.0.0.jar"));
        hub.awaitSays("say", "one");

        saying("1.0.0", "two").build(hub.target.resolve("say-1.0.0.jar"));
        hub.awaitSays("say", "two");
        Files.delete(hub.target.resolve("say-1.0.0.jar"));
        Files.delete(hub.target);
        Eventually.holds(() -> Files.notExists(hub.target));
        Files.createDirectory(hub.target);
        saying("1.0.0", "three").build(hub.target.resolve("say-1.0.0.jar"));
        hub.awaitSays("say", "three");

        assertThat(hub.audited()).doesNotContain("plugin.retired");
        assertThat(hub.card("say").serving().orElseThrow().version()).isEqualTo("1.0.0");
    }

    @Test
    void of_what_a_build_makes_only_the_newest_plugin_is_taken() throws Exception {
        var old = saying("1.0.0", "old").build(home.resolve("say-1.0.0.jar"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        Files.move(old, hub.target.resolve("say-1.0.0.jar"));
        saying("2.0.0", "new").build(hub.target.resolve("say-2.0.0.jar"));

        hub.awaitSays("say", "new");
        for (var name : List.of("say-2.0.0-sources.jar", "say-2.0.0-javadoc.jar", "original-say-2.0.0.jar")) {
            saying("2.0.0", name).build(hub.target.resolve(name));
        }
        saying("2.0.1", "newer").build(hub.target.resolve("say-2.0.1.jar"));
        hub.awaitSays("say", "newer");

        assertThat(hub.life.activations("", 100))
                .extracting(Activation::fileName)
                .doesNotContain("say-2.0.0-sources.jar", "say-2.0.0-javadoc.jar", "original-say-2.0.0.jar");
    }

    @Test
    void a_dropped_jar_serves_and_every_step_is_known() throws Exception {
        hub.drop(saying("1.2.0", "one"), "say-1.2.0.jar");

        hub.awaitSays("say", "one");

        var activation = hub.awaitEnd("say-1.2.0.jar", Activation.Outcome.SERVING);
        assertThat(activation.steps())
                .extracting(Activation.Taken::step)
                .containsSubsequence(
                        Activation.Step.COPIED,
                        Activation.Step.INSPECTED,
                        Activation.Step.LOADED,
                        Activation.Step.CASES,
                        Activation.Step.MADE,
                        Activation.Step.SERVING);
        var card = hub.card("say");
        assertThat(card.state()).isEqualTo("serving");
        assertThat(card.serving().orElseThrow().version()).isEqualTo("1.2.0");
        assertThat(card.serving().orElseThrow().hash()).hasSize(64).isEqualTo(activation.sha256());
        assertThat(card.instances()).extracting(PluginCard.InstanceRef::key).containsExactly("say");
        assertThat(hub.audited()).contains("plugin.activated");
    }

    @Test
    void every_way_a_file_goes_is_audited_with_its_hash() throws Exception {
        // It serves, and says how long each step took.
        hub.drop(saying("1.0.0", "one"), "say.jar");
        var first = hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        assertThat(hub.audited("plugin.activated", first.sha256())
                        .at("/ms/copied")
                        .isIntegralNumber())
                .isTrue();
        assertThat(hub.audited("plugin.activated", first.sha256())
                        .at("/ms/made")
                        .isIntegralNumber())
                .isTrue();

        // It is refused.
        hub.drop(throwing("1.1.0"), "say.jar");
        var refused = hub.awaitEnd("say.jar", Activation.Outcome.REFUSED);
        hub.audited("plugin.refused", refused.sha256());
        hub.audited("plugin.unloaded", refused.sha256());

        // It asks first, is agreed to, takes the place of the first one, which is unloaded.
        hub.drop(saying("1.2.0", "two").manifest("Plugin-Files", "yes"), "say.jar");
        var asking = hub.awaitEnd("say.jar", Activation.Outcome.ASKING);
        hub.audited("plugin.asking", asking.sha256());
        hub.life.bring("say", asking.sha256(), "person:test", true);
        hub.audited("plugin.approved", asking.sha256());
        hub.audited("plugin.activated", asking.sha256());
        hub.audited("plugin.unloaded", first.sha256());
        hub.life.arrivals("say", Optional.of(new TrialMode.Shadow()), "person:test");
        hub.audited("plugin.arrivals", asking.sha256());

        // The next one is tried, and taken back.
        hub.drop(saying("1.3.0", "three"), "say.jar");
        var tried = hub.awaitEnd("say.jar", Activation.Outcome.ON_TRIAL);
        hub.audited("plugin.tried", tried.sha256());
        hub.life.endTrial("say", "person:test");
        hub.audited("plugin.taken_back", tried.sha256());

        // A restart brings back what was on.
        hub.restart();
        hub.audited("plugin.restored", asking.sha256());

        // It is taken out, and forgotten.
        hub.life.retire("say", "person:test");
        hub.audited("plugin.retired", asking.sha256());
        hub.audited("plugin.unloaded", asking.sha256());
    }

    @Test
    void a_bundled_version_that_is_older_than_what_serves_is_kept_and_audited_with_its_hash() throws Exception {
        hub.drop(saying("2.0.0", "new"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        saying("1.0.0", "old").build(hub.bundle().resolve("say-1.0.0.jar"));

        hub.restart();

        var kept = hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.KEPT);
        hub.audited("plugin.kept", kept.sha256());
        assertThat(hub.says("say")).isEqualTo("new");
    }

    @Test
    void a_swap_is_over_when_the_version_before_is_drained() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);

        hub.drop(saying("1.1.0", "two"), "say.jar");

        hub.awaitEnd("say.jar", Activation.Outcome.SERVING, "1.1.0");
        Eventually.holds(() ->
                hub.life.activations("say", 1).getFirst().steps().getLast().step() == Activation.Step.DRAINED);
    }

    @Test
    void a_new_version_takes_over_and_the_old_one_is_gone_from_memory() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);

        hub.drop(saying("1.1.0", "two"), "say-1.1.0.jar");

        hub.awaitSays("say", "two");
        hub.awaitGone(1);
        assertThat(hub.privateFiles()).hasSize(1);
        assertThat(hub.contributions.filters()).hasSize(1);
    }

    @Test
    void a_version_that_does_not_start_leaves_the_old_one_serving_and_says_why() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);

        hub.drop(throwing("1.1.0"), "say-1.1.0.jar");

        hub.assertRefused(hub.awaitEnd("say-1.1.0.jar", Activation.Outcome.REFUSED), "no good today");
        assertThat(hub.says("say")).isEqualTo("one");
        assertThat(hub.card("say").state()).isEqualTo("serving");
        assertThat(hub.card("say").detail().orElseThrow()).contains("no good today");
        assertThat(hub.privateFiles()).hasSize(1);
    }

    @Test
    void a_version_whose_golden_cases_fail_is_refused_and_one_whose_cases_hold_is_gone_when_it_is_replaced()
            throws Exception {
        hub.drop(saying("1.0.0", "one").file(CASES, expecting("one")), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);

        hub.drop(saying("1.1.0", "two").file(CASES, expecting("one")), "say-1.1.0.jar");

        hub.assertRefused(
                hub.awaitEnd("say-1.1.0.jar", Activation.Outcome.REFUSED),
                "Its golden case “hello” in say.json fails: expected is {\"action\":\"hold\",\"reason\":\"one\"},"
                        + " and it answers {\"action\":\"hold\",\"reason\":\"two\",\"tags\":[]}");
        assertThat(hub.says("say")).isEqualTo("one");

        hub.drop(saying("1.2.0", "three").file(CASES, expecting("three")), "say-1.2.0.jar");

        hub.awaitSays("say", "three");
        hub.awaitGone(2);
    }

    private static byte[] expecting(String reason) {
        return """
                {"contribution": "say", "cases": [{"name": "hello",
                  "given": {"stage": "CUSTOMER_IN", "text": "hello"}, "expect": {"action": "hold", "reason": "%s"}}]}""".formatted(reason).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void an_instance_that_would_not_work_with_the_new_version_keeps_the_old_one_serving() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);

        hub.drop(refusingSettings("1.1.0"), "say.jar");

        hub.assertRefused(
                hub.awaitEnd("say.jar", Activation.Outcome.REFUSED),
                "\"say\" would not work with it: limit: too small");
        assertThat(hub.says("say")).isEqualTo("one");
    }

    @Test
    void a_removed_file_retires_the_plugin() throws Exception {
        var file = hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");

        Files.delete(file);

        hub.awaitSays("say", "nothing");
        Eventually.holds(() -> hub.audited().contains("plugin.retired"));
        assertThat(hub.card("say").state()).isEqualTo("off");
        assertThat(hub.contributions.now().offers()).isEmpty();
    }

    @Test
    void without_its_newest_file_the_version_that_still_lies_there_comes_back() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);
        var newer = hub.drop(saying("1.1.0", "two"), "say-1.1.0.jar");
        hub.awaitSays("say", "two");

        Files.delete(newer);

        hub.awaitSays("say", "one");
    }

    @Test
    void of_two_versions_dropped_at_once_the_newer_serves() throws Exception {
        hub.shut();
        hub.drop(saying("1.10.0", "ten"), "say-1.10.0.jar");
        hub.drop(saying("1.9.0", "nine"), "say-1.9.0.jar");

        hub.restart();

        hub.awaitSays("say", "ten");
        assertThat(hub.card("say").versions()).hasSize(2);
    }

    @Test
    void a_restart_brings_back_exactly_what_was_on_though_the_files_are_gone() throws Exception {
        var file = hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        hub.shut();
        Files.delete(file);

        hub.restart();

        assertThat(hub.says("say")).isEqualTo("one");
    }

    @Test
    void what_was_retired_stays_off_after_a_restart() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        hub.life.retire("say", "person:test");

        hub.restart();

        assertThat(hub.says("say")).isEqualTo("nothing");
    }

    @Test
    void an_earlier_version_is_brought_back_and_stays_though_a_newer_file_lies_there() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);
        var first = hub.card("say").serving().orElseThrow().hash();
        hub.drop(saying("1.1.0", "two"), "say-1.1.0.jar");
        hub.awaitSays("say", "two");
        hub.awaitEnd("say-1.1.0.jar", Activation.Outcome.SERVING);

        var done = hub.life.bring("say", first, "person:test", false).orElseThrow();

        assertThat(done.outcome()).contains(Activation.Outcome.SERVING);
        assertThat(hub.says("say")).isEqualTo("one");
        hub.restart();
        assertThat(hub.says("say")).isEqualTo("one");
    }

    @Test
    void a_version_the_hub_died_of_is_set_aside_and_the_one_before_serves() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say-1.0.0.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say-1.0.0.jar", Activation.Outcome.SERVING);
        hub.drop(saying("1.1.0", "two"), "say-1.1.0.jar");
        hub.awaitSays("say", "two");
        hub.awaitEnd("say-1.1.0.jar", Activation.Outcome.SERVING);
        var second = hub.card("say").serving().orElseThrow().hash();
        var first = hub.card("say").versions().stream()
                .filter(version -> !version.serving())
                .findFirst()
                .orElseThrow()
                .hash();
        hub.life.bring("say", first, "person:test", false);
        // What a hub leaves that dies while it starts the second one.
        hub.database.useTransaction(tx -> new WantedPlugins().trying(tx, "say", second, java.time.Instant.now()));

        hub.restart();

        assertThat(hub.says("say")).isEqualTo("one");
        assertThat(hub.card("say").versions())
                .filteredOn(version -> version.hash().equals(second))
                .allMatch(version -> version.setAside().isPresent());
        assertThat(hub.audited()).contains("plugin.quarantined");

        // An admin who insists may try again.
        assertThat(hub.life
                        .bring("say", second, "person:test", false)
                        .orElseThrow()
                        .outcome())
                .contains(Activation.Outcome.SERVING);
        assertThat(hub.says("say")).isEqualTo("two");
    }

    @Test
    void a_version_that_has_served_is_not_blamed_for_one_death_by_chance() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        var hash = hub.card("say").serving().orElseThrow().hash();
        hub.database.useTransaction(tx -> new WantedPlugins().trying(tx, "say", hash, java.time.Instant.now()));

        hub.restart();

        assertThat(hub.says("say")).isEqualTo("one");
    }

    @Test
    void a_version_that_fails_again_and_again_is_set_aside_for_the_one_that_served_before() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        hub.drop(PluginJar.filter("say", "1.1.0", "throw new IllegalStateException(\"no good\");"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING, "1.1.0");

        // Nothing but its own failures: the guard gives it a rest, lets one call try, and tells of each rest.
        for (var calls = 0; calls < 20; calls++) fails();
        for (var rests = 1; rests < 4; rests++) {
            assertThat(hub.ask("say", "hello")).isInstanceOf(Asked.Unavailable.class);
            hub.skip(Duration.ofSeconds(31));
            fails();
        }

        hub.awaitSays("say", "one");
        Eventually.holds(() -> hub.card("say").state().equals("serving")
                && hub.card("say").versions().getFirst().setAside().isPresent());
        assertThat(hub.card("say").serving().orElseThrow().version()).isEqualTo("1.0.0");
        assertThat(hub.card("say").versions().getFirst().setAside().orElseThrow())
                .contains("no good")
                .contains("version 1.0.0 serves");
        hub.restart();
        assertThat(hub.says("say")).isEqualTo("one");
    }

    private void fails() {
        assertThat(hub.ask("say", "hello")).isInstanceOf(Asked.Failed.class);
    }

    @Test
    void a_version_that_answers_well_after_a_rest_is_not_blamed_for_the_rests_before() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        var broken = home.resolve("broken");
        hub.drop(PluginJar.filter("say", "1.1.0", """
                        if (java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                            throw new IllegalStateException("no good");
                        }
                        return Verdict.hold("two");""".formatted(broken)), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING, "1.1.0");

        for (var round = 0; round < 3; round++) {
            Files.createFile(broken);
            for (var calls = 0; calls < 20; calls++) fails();
            hub.skip(Duration.ofSeconds(31));
            fails();
            Files.delete(broken);
            hub.skip(Duration.ofSeconds(31));
            assertThat(hub.says("say")).isEqualTo("two");
        }

        hub.life.now(() -> true);
        assertThat(hub.says("say")).isEqualTo("two");
        assertThat(hub.audited()).doesNotContain("plugin.quarantined");
    }

    @Test
    void a_filter_that_fails_and_has_no_version_before_goes_on_as_it_is_for_no_message_may_pass_unseen()
            throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        var failing = hub.slot("say").orElseThrow().plugin();

        hub.life.rested(failing, "IllegalStateException: no good", 4);

        hub.life.now(() -> true);
        assertThat(hub.says("say")).isEqualTo("one");
        assertThat(hub.card("say").state()).isEqualTo("serving");
    }

    @Test
    void a_folder_that_is_gone_takes_nothing_out() throws Exception {
        var file = hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        var aside = home.resolve("aside");

        Files.move(hub.dropped, aside);

        Eventually.holds(
                () -> hub.life.view(io.kefuhub.api.Language.EN).trouble().isPresent());
        assertThat(hub.says("say")).isEqualTo("one");
        Files.createDirectory(hub.dropped);
        Eventually.holds(
                () -> hub.life.view(io.kefuhub.api.Language.EN).trouble().isEmpty());
        hub.drop(saying("1.1.0", "two"), file.getFileName().toString());
        hub.awaitSays("say", "two");
    }

    @Test
    void a_file_that_is_no_plugin_is_named_with_its_reason_until_it_is_gone() throws Exception {
        var file = Files.writeString(hub.dropped.resolve("notes.jar"), "this is no zip");

        hub.awaitEnd("notes.jar", Activation.Outcome.REFUSED);

        assertThat(hub.life.view(io.kefuhub.api.Language.ZH_CN).refused())
                .extracting(ActivationCard::fileName)
                .containsExactly("notes.jar");
        Files.delete(file);
        Eventually.holds(
                () -> hub.life.view(io.kefuhub.api.Language.ZH_CN).refused().isEmpty());
    }

    @Test
    void a_file_that_is_replaced_while_its_plugin_serves_is_taken_again() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);

        var half = Files.readAllBytes(hub.dropped.resolve("say.jar"));
        Files.write(hub.dropped.resolve("say.jar"), java.util.Arrays.copyOf(half, half.length / 2));
        hub.awaitEnd("say.jar", Activation.Outcome.REFUSED);
        assertThat(hub.says("say")).isEqualTo("one");
        hub.drop(saying("1.0.0", "mended"), "say.jar");

        hub.awaitSays("say", "mended");
    }

    @Test
    void what_another_plugin_offers_is_not_taken_over() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.awaitSays("say", "one");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);

        var refused = hub.upload(saying("9.0.0", "thief").manifest("Plugin-Id", "thief"));

        hub.assertRefused(refused, "It offers \"say\", and so does say 1.0.0");
        assertThat(hub.says("say")).isEqualTo("one");
    }

    @Test
    void an_upload_works_as_the_folder_does_and_the_same_again_changes_nothing() throws Exception {
        assertThat(hub.upload(saying("1.0.0", "one")).outcome()).contains(Activation.Outcome.SERVING);
        var generation = hub.slot("say").orElseThrow().generation();

        var again = hub.life.upload("again.jar", content(saying("1.0.0", "one")), "person:test");

        assertThat(again.outcome()).contains(Activation.Outcome.UNCHANGED);
        assertThat(hub.slot("say").orElseThrow().generation()).isEqualTo(generation);
    }

    @Test
    void threads_a_plugin_left_behind_are_named() throws Exception {
        hub.drop(leaking(), "leak.jar");
        hub.awaitSays("leak", "pass");

        hub.life.retire("leak", "person:test");

        Eventually.holds(() -> !hub.card("leak").leaks().isEmpty());
        assertThat(hub.card("leak").leaks().getFirst().holders())
                .singleElement()
                .asString()
                .contains("thread left-behind");
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("left-behind"))
                .forEach(Thread::interrupt);
        Eventually.holds(() -> hub.card("leak").leaks().isEmpty());
    }

    @Test
    void the_way_to_a_leak_that_no_thread_holds_is_looked_for_when_an_admin_asks_for_it() throws Exception {
        var known = List.of(Logger.getLogger("").getHandlers());
        hub.drop(registering(), "leak.jar");
        hub.awaitSays("leak", "pass");
        var began = Instant.now();
        try {
            hub.life.retire("leak", "person:test");

            Eventually.holds(() -> !hub.card("leak").leaks().isEmpty());
            var stayed = hub.card("leak").leaks().getFirst();
            assertThat(stayed.version()).isEqualTo("1.0.0");
            assertThat(stayed.since()).isBetween(began, Instant.now());
            assertThat(stayed.holders()).isEmpty();
            assertThat(hub.life.trace("nobody", "person:test")).isInstanceOf(Traced.NoLeak.class);
            assertThat(hub.life.trace("leak", "person:test"))
                    .isEqualTo(new Traced.Told(hub.card("leak").leaks()));
            assertThat(hub.card("leak").leaks().getFirst().holders())
                    .singleElement()
                    .asString()
                    .startsWith("static java.util.logging.")
                    .contains("java.util.logging.Logger$ConfigurationData.handlers > ")
                    .endsWith("ext.Registered");
            assertThat(hub.privateFiles()).isEmpty();
            assertThat(hub.audited()).contains("plugin.leaked", "plugin.leaks_traced");
        } finally {
            leaveOnly(known);
        }
        Eventually.holds(() -> hub.card("leak").leaks().isEmpty());
    }

    /** Apart, because the frame of whoever goes through the handlers holds them until it ends. */
    private static void leaveOnly(List<Handler> known) {
        for (var handler : Logger.getLogger("").getHandlers()) {
            if (!known.contains(handler)) Logger.getLogger("").removeHandler(handler);
        }
    }

    @Test
    void a_changed_setting_is_live_and_a_wrong_one_changes_nothing() throws Exception {
        hub.drop(echoing(), "echo.jar");
        hub.awaitSays("echo", "usual");

        assertThat(hub.changes.save(echo(Map.of("word", "other", "token", "s3cret")), Set.of(), "person:test"))
                .isEmpty();
        assertThat(hub.says("echo")).isEqualTo("other s3cret");

        var problems = hub.changes.save(echo(Map.of("word", "forbidden")), Set.of(), "person:test");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo("word");
            assertThat(problem.text()).hasToString("choose another");
        });
        assertThat(hub.says("echo")).isEqualTo("other s3cret");

        // The secret was not told again, and stays; nowhere is it kept in plain text.
        assertThat(hub.changes.save(echo(Map.of("word", "third")), Set.of(), "person:test"))
                .isEmpty();
        assertThat(hub.says("echo")).isEqualTo("third s3cret");
        assertThat(hub.instances.all().toString()).doesNotContain("s3cret");
        hub.restart();
        assertThat(hub.says("echo")).isEqualTo("third s3cret");
    }

    @Test
    void a_secret_that_is_set_is_cleared_when_that_is_asked_for() throws Exception {
        hub.drop(echoing(), "echo.jar");
        hub.awaitSays("echo", "usual");
        hub.changes.save(echo(Map.of("token", "s3cret")), Set.of(), "person:test");
        assertThat(hub.says("echo")).isEqualTo("usual s3cret");

        assertThat(hub.changes.check(echo(Map.of()), Set.of("token"))).isEmpty();
        assertThat(hub.says("echo")).isEqualTo("usual s3cret");
        assertThat(hub.changes.save(echo(Map.of()), Set.of("token"), "person:test"))
                .isEmpty();

        assertThat(hub.says("echo")).isEqualTo("usual");
        assertThat(hub.instances.all().toString()).doesNotContain("token");
        // What is told anew counts, though the one before was to go.
        hub.changes.save(echo(Map.of("token", "n3w")), Set.of("token"), "person:test");
        assertThat(hub.says("echo")).isEqualTo("usual n3w");
    }

    @Test
    void instances_are_switched_off_ordered_and_forgotten() throws Exception {
        hub.drop(saying("1.0.0", "one"), "say.jar");
        hub.drop(echoing(), "echo.jar");
        hub.awaitSays("say", "one");
        hub.awaitSays("echo", "usual");

        hub.changes.order(io.kefuhub.core.plugin.Kind.FILTER, List.of("echo", "say"), "person:test");
        assertThat(hub.contributions.filters())
                .extracting(slot -> slot.instance())
                .containsExactly("echo", "say");
        hub.restart();
        assertThat(hub.contributions.filters())
                .extracting(slot -> slot.instance())
                .containsExactly("echo", "say");

        assertThat(hub.changes.save(echo(Map.of()).withEnabled(false), Set.of(), "person:test"))
                .isEmpty();
        assertThat(hub.says("echo")).isEqualTo("nothing");
        assertThat(hub.changes.forget(new InstanceName(io.kefuhub.core.plugin.Kind.FILTER, "say"), "person:test"))
                .isTrue();
        assertThat(hub.contributions.filters()).isEmpty();
    }

    private static InstanceSpec echo(Map<String, String> settings) {
        return new InstanceSpec(
                io.kefuhub.core.plugin.Kind.FILTER,
                "echo",
                "",
                "echo",
                settings,
                true,
                InstanceSpec.Choices.NONE,
                1,
                java.util.Optional.empty());
    }

    private byte[] content(PluginJar jar) throws IOException {
        return Files.readAllBytes(jar.build(Files.createTempFile(home, "built", ".jar")));
    }

    private static PluginJar saying(String version, String word) {
        return PluginJar.filter("say", version, "return Verdict.hold(\"" + word + "\");");
    }

    private static PluginJar throwing(String version) {
        return PluginJar.of("say", version).source("ext.ThePlugin", """
                package ext;

                public final class ThePlugin implements io.kefuhub.api.HubPlugin {
                    @Override
                    public java.util.List<io.kefuhub.api.Contribution> contributions() {
                        throw new IllegalStateException("no good today");
                    }
                }
                """);
    }

    private static PluginJar refusingSettings(String version) {
        return making("say", version, "throw new SettingsException(\"limit\", \"too small\");");
    }

    private static PluginJar leaking() {
        return making("leak", "1.0.0", """
                var thread = new Thread(() -> {
                    try {
                        new java.util.concurrent.CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        // asked to end at last
                    }
                }, "left-behind");
                thread.setDaemon(true);
                thread.start();
                return filter(_ -> Verdict.pass());""");
    }

    /** Leaves a handler with the JDK's own logging when it is first asked. */
    private static PluginJar registering() {
        return PluginJar.filter("leak", "1.0.0", """
                        Registered.ONCE.hashCode();
                        return Verdict.pass();""").source("ext.Registered", """
                        package ext;

                        import java.util.logging.*;

                        final class Registered extends Handler {
                            static final Registered ONCE = new Registered();

                            private Registered() {
                                Logger.getLogger("").addHandler(this);
                            }

                            @Override
                            public void publish(LogRecord one) {}

                            @Override
                            public void flush() {}

                            @Override
                            public void close() {}
                        }
                        """);
    }

    private PluginJar echoing() {
        hub.allowSecrets("echo");
        return making("echo", "1.0.0", "WORD, TOKEN", """
                var word = settings.find(WORD).orElse("usual");
                if (word.equals("forbidden")) throw new SettingsException("word", "choose another");
                var token = settings.find(TOKEN).map(text -> " " + text).orElse("");
                return filter(_ -> Verdict.hold(word + token));""").manifest("Plugin-Secrets", "yes");
    }

    private static PluginJar making(String id, String version, String create) {
        return making(id, version, "WORD", create);
    }

    private static PluginJar making(String id, String version, String settings, String create) {
        return PluginJar.of(id, version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;
                import java.util.function.Function;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec WORD = SettingSpec.text("word", "Word").optional();
                    static final SettingSpec TOKEN = SettingSpec.secret("token", "Token").optional();

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new FilterFactory() {
                            @Override
                            public Description description() {
                                return new Description("%s", Map.of(Language.EN, "A filter"), List.of(%s));
                            }

                            @Override
                            public Filter create(Settings settings, FilterContext context) {
                                %s
                            }
                        });
                    }

                    static Filter filter(Function<Message, Verdict> judge) {
                        return new Filter() {
                            @Override
                            public Set<Stage> stages() {
                                return Set.of(Stage.CUSTOMER_IN);
                            }

                            @Override
                            public Verdict apply(Message message, Facts facts, Stage stage) {
                                return judge.apply(message);
                            }
                        };
                    }
                }
                """.formatted(id, settings, create));
    }
}
