package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class PreparedStartIT {
    private static final String MODULE = "mask-phone-numbers.wasm";

    @TempDir
    Path folder;

    @Test
    void a_prepared_hub_starts_from_its_archive_and_compiles_modules() throws Exception {
        var unpacked = UnpackedHub.unpack(folder);
        var home = folder.resolve("home");
        assertThat(prepare(unpacked, home)).contains("fast starts are prepared");
        assertThat(prepare(unpacked, home)).contains("prepared already").doesNotContain("rehearsal");
        Files.copy(
                unpacked.resolve("wasm-plugins/mask-phone-numbers").resolve(MODULE),
                Files.createDirectories(home.resolve("wasm")).resolve(MODULE));

        // With this the Java machine refuses to start when it cannot use the archive.
        try (var hub = UnpackedHub.start(unpacked, home, Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"))) {
            hub.awaitReady();
            var visitor = Visitor.of(hub);

            visitor.says("怎么退货");

            assertThat(visitor.hearsFromTheHub(1)).first().asString().contains("退货");
            hub.awaitOutput("The WASM engine started");
            assertThat(hub.output()).doesNotContain("interpreted", "can hold up the whole hub");
            assertThat(hub.stop()).isIn(0, 143);
        }
    }

    private static String prepare(Path unpacked, Path home) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(unpacked.resolve("bin/kefuhub").toString(), "prepare").redirectErrorStream(true);
        builder.environment().put("KEFUHUB_HOME", home.toString());
        builder.environment().put("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
