package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that a plugin's manifest wants to stay loaded from one version to the next. */
class KeptLibrariesTest {
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
    void the_same_library_stays_loaded_while_versions_come_and_go() throws Exception {
        hub.drop(saying("1.0.0", "first", "library"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        var first = hub.says("say");

        hub.drop(saying("1.1.0", "second", "library"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING, "1.1.0");
        hub.awaitGone(1);

        assertThat(first).startsWith("first library ");
        assertThat(hub.says("say")).isEqualTo(first.replace("first", "second"));
        assertThat(hub.privateFiles()).hasSize(2);
    }

    @Test
    void another_library_takes_the_place_of_the_one_before_which_leaves_memory_with_its_version() throws Exception {
        hub.drop(saying("1.0.0", "first", "library"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);

        hub.drop(saying("1.1.0", "second", "other library"), "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING, "1.1.0");
        hub.awaitGone(1);

        assertThat(hub.says("say")).startsWith("second other library ");
        assertThat(hub.privateFiles()).hasSize(2);
        hub.life.retire("say", "person:test");
        hub.awaitGone(2);
        assertThat(hub.privateFiles()).isEmpty();
    }

    @Test
    void two_plugins_share_no_library() throws Exception {
        hub.drop(saying("1.0.0", "it", "library"), "say.jar");
        hub.drop(saying("shout", "1.0.0", "it", "library"), "shout.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        hub.awaitEnd("shout.jar", Activation.Outcome.SERVING);

        assertThat(hub.says("say")).isNotEqualTo(hub.says("shout")).startsWith("it library ");
    }

    @Test
    void a_library_that_nobody_needs_and_that_stays_in_memory_is_named_with_what_holds_it() throws Exception {
        hub.drop(
                saying("1.0.0", "first", "library")
                        .source("lib.Threads", """
                package lib;

                public final class Threads implements Runnable {
                    public static void begin() {
                        var thread = new Thread(new Threads(), "left-by-a-library");
                        thread.setContextClassLoader(null);
                        thread.setDaemon(true);
                        thread.start();
                    }

                    @Override
                    public void run() {
                        try {
                            new java.util.concurrent.CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            // asked to end at last
                        }
                    }
                }
                """)
                        .source("lib.Born", born("library", "Threads.begin();")),
                "say.jar");
        hub.awaitEnd("say.jar", Activation.Outcome.SERVING);
        assertThat(hub.says("say")).startsWith("first library ");

        hub.life.retire("say", "person:test");

        Eventually.holds(() -> !hub.card("say").leaks().isEmpty());
        assertThat(hub.card("say").leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.version()).isEqualTo("1.0.0");
            assertThat(leak.holders()).singleElement().asString().contains("thread left-by-a-library");
        });
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("left-by-a-library"))
                .forEach(Thread::interrupt);
        Eventually.holds(() -> hub.card("say").leaks().isEmpty());
    }

    @Test
    void a_version_that_does_not_start_leaves_nothing_of_its_library() throws Exception {
        hub.drop(
                PluginJar.of("say", "1.0.0")
                        .manifest("Plugin-Libraries", "lib")
                        .source("lib.Born", born("library", ""))
                        .source("ext.ThePlugin", """
                                package ext;

                                public final class ThePlugin implements io.kefuhub.api.HubPlugin {
                                    @Override
                                    public java.util.List<io.kefuhub.api.Contribution> contributions() {
                                        throw new IllegalStateException("not with " + lib.Born.NAME);
                                    }
                                }
                                """),
                "say.jar");

        hub.assertRefused(hub.awaitEnd("say.jar", Activation.Outcome.REFUSED), "not with library");
        hub.awaitGone(1);
        assertThat(hub.privateFiles()).isEmpty();
    }

    private static PluginJar saying(String version, String word, String library) {
        return saying("say", version, word, library);
    }

    private static PluginJar saying(String id, String version, String word, String library) {
        return PluginJar.filter(id, version, "return Verdict.hold(\"" + word + " \" + lib.Born.NAME);")
                .manifest("Plugin-Libraries", "lib")
                .source("lib.Born", born(library, ""));
    }

    /** A library that says when its class was loaded, by a number of its own. */
    private static String born(String name, String begin) {
        return """
                package lib;

                public final class Born {
                    public static final String NAME = "%s " + java.util.UUID.randomUUID();

                    static {
                        %s
                    }
                }
                """.formatted(name, begin);
    }
}
