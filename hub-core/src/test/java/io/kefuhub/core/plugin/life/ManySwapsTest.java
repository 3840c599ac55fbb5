package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.telemetry.MachineMetrics;
import io.kefuhub.core.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/swap --count 500}. */
class ManySwapsTest {
    private static final int SWAPS = 25;

    @TempDir
    Path home;

    private final Metrics machine = new Metrics();
    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
        MachineMetrics.addTo(machine);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    private record Footprint(long metaspace, long classes, long threads, long files) {}

    @Test
    void after_many_swaps_classes_threads_and_open_files_are_what_they_were() throws Exception {
        var versions = List.of(content("1.0.0", "one"), content("1.0.1", "two"));
        for (var i = 0; i < 4; i++) swap(versions.get(i % 2));
        var before = settled();

        for (var i = 0; i < SWAPS; i++) {
            swap(versions.get(i % 2));
            assertThat(hub.says("say")).isEqualTo(i % 2 == 0 ? "one" : "two");
        }

        var after = settled();
        assertThat(hub.card("say").leaks()).isEmpty();
        assertThat(hub.privateFiles()).hasSize(1);
        assertThat(after.classes - before.classes).as("classes").isLessThan(SWAPS * 3);
        assertThat(after.metaspace - before.metaspace).as("bytes of metaspace").isLessThan(1 << 20);
        assertThat(after.threads - before.threads).as("threads").isLessThan(5);
        assertThat(after.files - before.files).as("open files").isLessThan(5);
    }

    private byte[] content(String version, String word) throws IOException {
        var jar = PluginJar.filter("say", version, "return Verdict.hold(\"" + word + "\");");
        return Files.readAllBytes(jar.build(Files.createTempFile(home, "built", ".jar")));
    }

    private void swap(byte[] version) {
        assertThat(hub.life.upload("say.jar", version, "person:test").outcome()).contains(Activation.Outcome.SERVING);
    }

    /** What is held once all that was unloaded is proven to be gone. */
    private Footprint settled() {
        Eventually.holds(() -> hub.life.view(Language.EN).unloading() == 0);
        return new Footprint(
                metric("jvm_memory_metaspace_used_bytes"),
                metric("jvm_classes_loaded"),
                threads(),
                metric("process_open_fds"));
    }

    /** Without those of the two pools that grow with what is asked at once, whatever is swapped. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("compute-") && !name.startsWith("ForkJoinPool"))
                .count();
    }

    private long metric(String name) {
        return machine.text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
