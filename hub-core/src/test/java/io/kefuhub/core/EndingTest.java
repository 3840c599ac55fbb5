package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.TestHome;
import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the process of a hub ends that has a defect: a class of it is put in the place of the right one. */
@Timeout(120)
class EndingTest {
    /** Upon any other, it would be started again for ever, only to meet the same defect. */
    private static final int FINAL = 1;

    private final Path home = TestHome.withDatabase();

    @TempDir
    Path wrong;

    private record Ended(int status, String said) {}

    @AfterEach
    void delete() {
        TestHome.delete(home);
    }

    @Test
    void a_defect_at_the_end_of_the_start_ends_it_with_the_reason_and_with_all_that_had_begun() throws Exception {
        var ended = run("Greeting", """
                package io.kefuhub.core;

                record Greeting(io.kefuhub.core.config.HubConfig config, int port,
                        java.util.Optional<io.kefuhub.core.access.FirstOwner> owner) {
                    void print(java.io.PrintStream out) {
                        System.err.println("served on " + port);
                        throw new IllegalStateException("nobody is greeted");
                    }
                }
                """);

        assertThat(ended.said)
                .contains("served on ", "The hub cannot start.", "IllegalStateException: nobody is greeted")
                .doesNotContain("A plugin has ended the process");
        assertThat(ended.status).isEqualTo(FINAL);
        assertThat(home.resolve("data/postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_part_of_the_hub_that_is_missing_ends_it_with_the_reason() throws Exception {
        var ended = run("HubSetup", """
                package io.kefuhub.core;

                import java.util.*;

                final class HubSetup {
                    static HubSetup of(io.kefuhub.core.config.HubConfig config, Optional<java.nio.file.Path> plugins,
                            Map<String, String> environment, java.util.function.Consumer<String> progress) {
                        // Something of the hub's own goes on, as much of it does by then.
                        Thread.ofPlatform().start(java.util.concurrent.locks.LockSupport::park);
                        throw new NoClassDefFoundError("io/kefuhub/core/Missing");
                    }
                }
                """);

        assertThat(ended.said).contains("The hub cannot start.", "NoClassDefFoundError: io/kefuhub/core/Missing");
        assertThat(ended.status).isEqualTo(FINAL);
    }

    private Ended run(String name, String source) throws IOException, InterruptedException {
        var type = "io.kefuhub.core." + name;
        var file = wrong.resolve(type.replace('.', '/') + ".class");
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, PluginJar.compiled(type, source));
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        wrong + File.pathSeparator + System.getProperty("java.class.path"),
                        Main.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(wrong.resolve("said").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("KEFUHUB_"));
        builder.environment().put("KEFUHUB_HOME", home.toString());
        builder.environment().put("KEFUHUB_PORT", "0");
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it goes on").isTrue();
            return new Ended(process.exitValue(), Files.readString(wrong.resolve("said")));
        } finally {
            process.destroyForcibly();
        }
    }
}
