package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How {@code bin/kefuhub} starts the hub again, over a Java that ends as it is told to. */
@Timeout(60)
final class LauncherTest {
    /** What the n-th run does stands in the n-th line of the plan. */
    private static final String JAVA = """
            #!/bin/sh
            here=$(dirname "$0")
            what=$(sed -n "$(($(wc -l < "$here/runs") + 1))p" "$here/plan")
            case $what in
                stay) trap 'exit 143' TERM ;;
                run-out-when-stopped) trap 'exit 3' TERM ;;
            esac
            echo run >> "$here/runs"
            case $what in
                abort) kill -ABRT $$ ;;
                crash) kill -SEGV $$ ;;
                stay | run-out-when-stopped) while :; do sleep 0.05; done ;;
                *) exit "$what" ;;
            esac
            """;

    @TempDir
    Path folder;

    private record Ended(int status, String said, int runs) {}

    @Test
    void out_of_memory_and_crashes_of_the_machine_start_it_again_and_a_usual_end_ends_it() throws Exception {
        var ended = ended(launch(List.of("3", "abort", "crash", "0"), Map.of()));

        assertThat(ended.status).isZero();
        assertThat(ended.runs).isEqualTo(4);
        assertThat(ended.said)
                .contains("(status 3) and is started again", "(status 134)", "(status 139)")
                .doesNotContain("five times");
    }

    @Test
    void what_was_prepared_for_other_jars_is_not_taken_however_many_bytes_they_have() throws Exception {
        var lib = Files.createDirectories(folder.resolve("lib"));
        var jar = Files.writeString(lib.resolve("hub-core.jar"), "one");
        var before = nameOfStart();
        assertThat(nameOfStart()).isEqualTo(before);

        Files.writeString(jar, "two");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

        assertThat(nameOfStart()).isNotEqualTo(before);
    }

    private String nameOfStart() throws Exception {
        var script = Path.of("src/main/bin/prepare.sh").toAbsolutePath();
        var builder = new ProcessBuilder("sh", "-euc", ". " + script + "; name_of_start");
        builder.environment()
                .putAll(Map.of(
                        "KEFUHUB_DIST",
                        folder.toString(),
                        "KEFUHUB_HOME",
                        folder.resolve("home").toString(),
                        "java",
                        System.getProperty("java.home")));
        var process = builder.start();
        var name = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return name;
    }

    @Test
    void five_deaths_in_a_row_are_enough() throws Exception {
        var ended = ended(launch(List.of("3", "3", "3", "3", "3", "0"), Map.of()));

        assertThat(ended.status).isEqualTo(3);
        assertThat(ended.runs).isEqualTo(5);
        assertThat(ended.said).contains("died five times within a minute of its start");
    }

    @Test
    void any_other_end_is_final() throws Exception {
        var ended = ended(launch(List.of("1", "0"), Map.of()));

        assertThat(ended.status).isEqualTo(1);
        assertThat(ended.runs).isEqualTo(1);
    }

    @Test
    void a_service_manager_starts_it_again_by_itself() throws Exception {
        var ended = ended(launch(List.of("3", "0"), Map.of("KEFUHUB_RESTART", "never")));

        assertThat(ended.status).isEqualTo(3);
        assertThat(ended.runs).isEqualTo(1);
    }

    @Test
    void told_to_stop_it_stops_the_hub_and_says_how_that_ended() throws Exception {
        var launcher = launch(List.of("3", "stay", "0"), Map.of());
        awaitRuns(2);

        launcher.destroy();

        var ended = ended(launcher);
        assertThat(ended.status).isEqualTo(143);
        assertThat(ended.runs).isEqualTo(2);
    }

    @Test
    void told_to_stop_it_starts_nothing_again() throws Exception {
        var launcher = launch(List.of("run-out-when-stopped", "0"), Map.of());
        awaitRuns(1);

        launcher.destroy();

        var ended = ended(launcher);
        assertThat(ended.status).isEqualTo(3);
        assertThat(ended.runs).isEqualTo(1);
    }

    private Process launch(List<String> plan, Map<String, String> environment) throws IOException {
        var bin = Files.createDirectories(folder.resolve("java/bin"));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25.0.3\"\n");
        Files.write(bin.resolve("plan"), plan);
        Files.createFile(bin.resolve("runs"));
        var java = Files.writeString(bin.resolve("java"), JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var builder = new ProcessBuilder("sh", "src/main/bin/kefuhub", "run").redirectErrorStream(true);
        builder.environment().remove("KEFUHUB_RESTART");
        builder.environment().put("KEFUHUB_HOME", folder.resolve("home").toString());
        builder.environment().put("KEFUHUB_JAVA_HOME", folder.resolve("java").toString());
        builder.environment().putAll(environment);
        return builder.redirectOutput(folder.resolve("said").toFile()).start();
    }

    private int runs() throws IOException {
        return Files.readAllLines(folder.resolve("java/bin/runs")).size();
    }

    private void awaitRuns(int count) throws IOException {
        while (runs() < count) LockSupport.parkNanos(5_000_000);
    }

    private Ended ended(Process launcher) throws Exception {
        assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(launcher.exitValue(), Files.readString(folder.resolve("said")), runs());
    }
}
