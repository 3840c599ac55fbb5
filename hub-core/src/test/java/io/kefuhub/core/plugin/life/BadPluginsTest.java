package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.api.Language;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.plugin.jar.Zips;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broken or hostile plugin does costs its own feature only: the version that serves goes on. */
class BadPluginsTest {
    private static final String NAME = "say.jar";

    @TempDir
    Path home;

    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
        hub.drop(saying("1.0.0", "one"), NAME);
        hub.awaitEnd(NAME, Activation.Outcome.SERVING);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    // What is refused by its looks

    @Test
    void a_zip_bomb_is_refused() throws Exception {
        var jar = built(saying("1.1.0", "two"));
        Zips.addPacked(jar, Map.of("big.txt", Zips.bomb(home, 200)));

        refused(jar, "unpack");
    }

    @Test
    void half_a_jar_is_refused_and_the_whole_one_serves() throws Exception {
        var whole = Files.readAllBytes(built(saying("1.1.0", "two")));
        var half = Files.write(home.resolve("half"), Arrays.copyOf(whole, whole.length / 2));

        refused(half, "");
        Files.write(hub.dropped.resolve(NAME), whole);

        hub.awaitSays("say", "two");
    }

    @Test
    void a_jar_that_is_copied_slowly_and_with_a_stop_is_taken_once_when_it_is_whole_and_never_refused()
            throws Exception {
        var whole = Files.readAllBytes(built(saying("1.1.0", "two").file("big.bin", noise(200_000))));
        var before = hub.life.activations("", 100).size();
        var pieces = 20;

        try (var out = Files.newOutputStream(hub.dropped.resolve(NAME))) {
            for (var i = 0; i < pieces; i++) {
                var from = whole.length * i / pieces;
                out.write(whole, from, whole.length * (i + 1) / pieces - from);
                out.flush();
                assertThat(hub.says("say")).isEqualTo("one");
                // The pace of a slow network, which once stops for longer than it takes to look twice: what is proven
                // is
                // that time alone makes nobody take half of a file.
                LockSupport.parkNanos(i == 14 ? 600_000_000 : 100_000_000);
            }
        }

        hub.awaitSays("say", "two");
        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.1.0");
        assertThat(hub.life.activations("", 100)).hasSize(before + 1);
        assertThat(hub.audited()).doesNotContain("plugin.refused");
    }

    private static byte[] noise(int size) {
        var bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void a_manifest_without_an_id_is_refused() throws Exception {
        refused(built(saying("1.1.0", "two").without("Plugin-Id")), "Plugin-Id");
    }

    @Test
    void a_plugin_for_a_newer_api_is_refused_with_both_versions() throws Exception {
        refused(built(saying("1.1.0", "two").manifest("Plugin-Requires", ">=2.0.0")), "2.0.0");
    }

    @Test
    void a_plugin_that_would_end_the_process_is_refused_without_being_run() throws Exception {
        var jar = making("1.1.0", "System.exit(1); return null;");

        refused(built(jar), "System.exit");
    }

    @Test
    void an_api_bundled_by_mistake_is_said_and_harms_nobody() throws Exception {
        var jar = saying("1.1.0", "two");
        for (var name : new String[] {"HubPlugin", "filter/Verdict", "filter/Filter"}) {
            var path = "io/kefuhub/api/" + name + ".class";
            try (var in = getClass().getClassLoader().getResourceAsStream(path)) {
                jar.file(path, java.util.Objects.requireNonNull(in).readAllBytes());
            }
        }

        hub.drop(jar, NAME);

        hub.awaitSays("say", "two");
        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.1.0");
        assertThat(hub.card("say").serving().orElseThrow().warnings())
                .anyMatch(warning -> warning.contains("io.kefuhub.api"));
    }

    // What is refused when it is tried

    @Test
    void a_start_that_hangs_is_given_up_and_what_it_holds_is_named() throws Exception {
        var jar = starting("1.1.0", """
                while (!Thread.currentThread().getName().equals("let go")) {
                    java.util.concurrent.locks.LockSupport.park();
                    // It does not listen, either.
                    Thread.interrupted();
                }""");

        refused(built(jar), "no answer after ");

        Eventually.holds(() -> !hub.card("say").leaks().isEmpty());
        var stayed = hub.card("say").leaks().getFirst();
        assertThat(stayed.version()).isEqualTo("1.1.0");
        assertThat(stayed.holders()).singleElement().asString().contains("thread ask-say");
        hub.drop(saying("1.2.0", "three"), NAME);
        hub.awaitSays("say", "three");
        letGo("ask-say");
        Eventually.holds(() -> hub.card("say").leaks().isEmpty());
    }

    @Test
    void an_instance_that_is_made_for_ever_is_given_up() throws Exception {
        var jar = making("1.1.0", """
                while (!Thread.currentThread().getName().equals("let go")) {
                    java.util.concurrent.locks.LockSupport.park();
                    Thread.interrupted();
                }
                return null;""");

        refused(built(jar), "\"say\" would not work with it");
        letGo("ask-say");
    }

    @Test
    void a_setting_that_an_instance_lacks_is_named() throws Exception {
        var jar = making("1.1.0", "settings.text(SettingSpec.text(\"key\", \"Key\")); return null;");

        refused(built(jar), "\"say\" would not work with it: key:");
    }

    // What is said of several

    @Test
    void of_two_versions_dropped_at_once_into_a_running_hub_the_newer_serves() throws Exception {
        var newer = built(saying("1.10.0", "ten"));
        var older = built(saying("1.9.0", "nine"));

        Files.move(newer, hub.dropped.resolve("say-1.10.0.jar"));
        Files.move(older, hub.dropped.resolve("say-1.9.0.jar"));

        hub.awaitEnd("say-1.10.0.jar", Activation.Outcome.SERVING);
        hub.awaitEnd("say-1.9.0.jar", Activation.Outcome.SERVING);
        assertThat(hub.says("say")).isEqualTo("ten");
    }

    @Test
    void two_files_of_one_id_and_version_are_one_plugin_and_the_other_comes_back_when_one_goes() throws Exception {
        var second = hub.drop(saying("1.0.0", "twin"), "twin.jar");
        hub.awaitSays("say", "twin");
        hub.awaitEnd("twin.jar", Activation.Outcome.SERVING);
        assertThat(hub.contributions.filters()).hasSize(1);

        Files.delete(second);

        hub.awaitSays("say", "one");
    }

    @Test
    void a_file_that_is_replaced_while_it_is_loaded_serves_as_it_was_and_then_as_it_is() throws Exception {
        var go = home.resolve("go");
        var jar = starting("1.1.0", """
                while (!java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                }""".formatted(go));
        hub.drop(jar, NAME);
        Eventually.holds(() -> hub.life.view(Language.EN).underWay().stream()
                .anyMatch(one -> one.steps().size() == 2));

        hub.drop(saying("1.2.0", "three"), NAME);
        Files.createFile(go);

        hub.awaitSays("say", "three");
        assertThat(hub.life.activations("say", 10))
                .filteredOn(one -> one.version().equals("1.1.0"))
                .singleElement()
                .satisfies(one -> assertThat(one.outcome()).contains(Activation.Outcome.SERVING));
    }

    @Test
    void a_file_that_is_away_for_a_moment_while_a_tool_writes_another_takes_nothing_out() throws Exception {
        var next = built(saying("1.1.0", "two"));
        var generation = hub.slot("say").orElseThrow().generation();

        Files.delete(hub.dropped.resolve(NAME));
        Files.move(next, hub.dropped.resolve(NAME));

        hub.awaitSays("say", "two");
        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.1.0");
        assertThat(hub.audited()).doesNotContain("plugin.retired");
        assertThat(hub.slot("say").orElseThrow().generation()).isEqualTo(generation + 1);
    }

    @Test
    void static_state_ends_with_its_generation() throws Exception {
        hub.drop(counting("1.1.0"), NAME);
        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.1.0");
        assertThat(hub.says("say")).isEqualTo("1 of 1.1.0");
        assertThat(hub.says("say")).isEqualTo("2 of 1.1.0");
        var first = hub.card("say").serving().orElseThrow().hash();

        hub.drop(counting("1.2.0"), NAME);
        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.2.0");
        assertThat(hub.says("say")).isEqualTo("1 of 1.2.0");
        hub.life.bring("say", first, "person:test", false);
        assertThat(hub.says("say")).isEqualTo("1 of 1.1.0");
    }

    @Test
    void a_library_of_the_hubs_own_name_serves_its_plugin_and_the_hub_keeps_its_own() throws Exception {
        var jar = PluginJar.filter("say", "1.1.0", """
                        return Verdict.hold(new com.fasterxml.jackson.databind.ObjectMapper().shout("two"));""").source("com.fasterxml.jackson.databind.ObjectMapper", """
                        package com.fasterxml.jackson.databind;

                        public final class ObjectMapper {
                            public String shout(String text) {
                                return text + "!";
                            }
                        }
                        """);

        hub.drop(jar, NAME);

        hub.awaitSays("say", "two!");
        // What the hub keeps of versions is written and read by its own.
        hub.restart();
        assertThat(hub.says("say")).isEqualTo("two!");
    }

    // The folder

    @Test
    void a_folder_that_nobody_may_write_to_serves_what_is_in_it() throws Exception {
        var rights = Files.getPosixFilePermissions(hub.dropped);
        Files.setPosixFilePermissions(
                hub.dropped, java.nio.file.attribute.PosixFilePermissions.fromString("r-xr-xr-x"));
        hub.openDatabaseToAll();
        try {
            Unprivileged.run(() -> {
                assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> Files.createFile(hub.dropped.resolve("mine.jar")));
                hub.restart();
                return true;
            });

            assertThat(hub.says("say")).isEqualTo("one");
            assertThat(hub.life.view(Language.EN).trouble()).isEmpty();
            try (var files = Files.list(hub.dropped)) {
                assertThat(files).extracting(Path::getFileName).containsExactly(Path.of(NAME));
            }
        } finally {
            Files.setPosixFilePermissions(hub.dropped, rights);
        }
    }

    @Test
    void a_folder_that_cannot_be_made_keeps_nothing_from_serving_and_is_used_once_it_is_there() throws Exception {
        hub.shut();
        Files.delete(hub.dropped.resolve(NAME));
        Files.delete(hub.dropped);
        Files.createSymbolicLink(hub.dropped, home.resolve("unmounted"));

        hub.open();

        assertThat(hub.says("say")).isEqualTo("one");
        Eventually.holds(() -> hub.life.view(Language.EN).trouble().isPresent());
        assertThat(hub.life.view(Language.EN).trouble().orElseThrow()).contains(hub.dropped + " is not there");
        Files.createDirectory(home.resolve("unmounted"));
        Eventually.holds(() -> hub.life.view(Language.EN).trouble().isEmpty());
        hub.drop(saying("1.1.0", "two"), NAME);
        hub.awaitSays("say", "two");
    }

    @Test
    void a_folder_that_goes_away_while_the_hub_runs_takes_nothing_out() throws Exception {
        var elsewhere = home.resolve("elsewhere");

        Files.move(hub.dropped, elsewhere);
        Eventually.holds(() -> hub.life.view(Language.EN).trouble().isPresent());

        assertThat(hub.says("say")).isEqualTo("one");
        Files.move(elsewhere, hub.dropped);
        Eventually.holds(() -> hub.life.view(Language.EN).trouble().isEmpty());
        assertThat(hub.audited()).doesNotContain("plugin.retired");
    }

    /** Drops a file over the one that serves, which stays. */
    private void refused(Path jar, String reason) throws IOException {
        var before = hub.slot("say").orElseThrow().generation();

        Files.move(jar, hub.dropped.resolve(NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        hub.assertRefused(hub.awaitEnd(NAME, Activation.Outcome.REFUSED), reason);
        assertThat(hub.says("say")).isEqualTo("one");
        assertThat(hub.slot("say").orElseThrow().generation()).isEqualTo(before);
        assertThat(hub.card("say").state()).isEqualTo("serving");
        assertThat(hub.privateFiles()).hasSize(1);
    }

    private Path built(PluginJar jar) throws IOException {
        return jar.build(Files.createTempFile(home, "built", ".jar"));
    }

    private static void letGo(String thread) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().equals(thread))
                .forEach(one -> {
                    one.setName("let go");
                    one.interrupt();
                });
    }

    private static PluginJar saying(String version, String word) {
        return PluginJar.filter("say", version, "return Verdict.hold(\"" + word + "\");");
    }

    private static PluginJar counting(String version) {
        return PluginJar.filter(
                        "say",
                        version,
                        "return Verdict.hold(Counted.NUMBER.incrementAndGet() + \" of %s\");".formatted(version))
                .source("ext.Counted", """
                        package ext;

                        final class Counted {
                            static final java.util.concurrent.atomic.AtomicInteger NUMBER =
                                    new java.util.concurrent.atomic.AtomicInteger();
                        }
                        """);
    }

    /** A filter plugin whose constructor does something. */
    private static PluginJar starting(String version, String constructor) {
        return plugin(version, constructor, "return new TheFilter();");
    }

    /** A filter plugin whose factory makes an instance so. */
    private static PluginJar making(String version, String create) {
        return plugin(version, "", create);
    }

    private static PluginJar plugin(String version, String constructor, String create) {
        return PluginJar.of("say", version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    public ThePlugin() {
                        %s
                    }

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new TheFactory());
                    }

                    static final class TheFactory implements FilterFactory {
                        @Override
                        public Description description() {
                            return new Description("say", Map.of(Language.EN, "A filter"), List.of());
                        }

                        @Override
                        public Filter create(Settings settings, FilterContext context) {
                            %s
                        }
                    }

                    static final class TheFilter implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            return Verdict.hold("slow");
                        }
                    }
                }
                """.formatted(constructor, create));
    }
}
