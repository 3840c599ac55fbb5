package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the documents tell people to type. A block that cannot run here says so: {@code <!-- needs: docker -->}. */
@Timeout(300)
final class DocumentedCommandsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Those of an author are run one after the other by {@link PluginAuthorIT} and {@link WasmAuthorIT}. */
    private static final Set<String> NEEDS =
            Set.of("docker", "systemd", "archive", "terminal", "time", "plugin", "module", "model");

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (needs|runs): (\\S+) -->\\n)?```(sh|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+\\.md)(?:#[^)]*)?\\)");
    private static final String READER = """
            people:
              doc.reader: { name: Reader, roles: [owner], password: reads-the-docs-1, mustChangePassword: false }
            """;

    @TempDir
    Path folder;

    /** @param needs what it lacks here; empty when it runs */
    private record Block(Path file, String language, String needs, String runs, String text) {}

    @Test
    void every_command_that_can_run_here_runs() throws Exception {
        var unpacked = UnpackedHub.unpack(folder);
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/reader.yaml"), READER);
        declareTheExample(home);
        try (var hub = UnpackedHub.start(unpacked, home)) {
            hub.awaitReady();
            for (var block : blocks("sh")) {
                if (block.needs.isEmpty()) run(block, hub, unpacked);
            }

            var declared = hub.send(HttpRequest.newBuilder(hub.url.resolve("/widget/1/wk_shop/session"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build());
            assertThat(declared.statusCode())
                    .as("the channel of the example, after: %s", hub.output())
                    .isEqualTo(200);
            assertThat(hub.output()).doesNotContain("conf/shop.yaml");
        }
    }

    @Test
    void every_other_command_says_why_not_and_is_a_command() throws Exception {
        for (var block : blocks("sh")) {
            var check = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
            try (var in = check.getOutputStream()) {
                in.write(block.text.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(check.waitFor()).as(block.file + ": " + block.text).isZero();
            if (!block.needs.isEmpty()) assertThat(NEEDS).contains(block.needs);
        }
    }

    @Test
    void links_between_documents_lead_somewhere() throws IOException {
        for (var file : documents()) {
            LINK.matcher(Files.readString(file))
                    .results()
                    .map(link -> file.resolveSibling(link.group(1)).normalize())
                    .forEach(target -> assertThat(target).as("named in " + file).exists());
        }
    }

    /** What the example takes from outside is put in its place. */
    private void declareTheExample(Path home) throws IOException {
        var secret = Files.writeString(folder.resolve("widget-identity"), "widget-identity-secret-2026");
        var example = blocks("yaml").stream()
                .filter(block -> block.runs.equals("conf/shop.yaml"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                home.resolve(example.runs),
                example.text
                        .replace("/run/secrets/widget-identity", secret.toString())
                        .replace("${env:LI_WEN_PASSWORD}", "${env:KEFUHUB_HOME}"));
    }

    private void run(Block block, UnpackedHub hub, Path unpacked) throws IOException, InterruptedException {
        var text = block.text.replace("http://localhost:8080", hub.url.toString());
        var builder = new ProcessBuilder("sh", "-euc", text).redirectErrorStream(true);
        builder.directory(Files.createDirectories(folder.resolve("work")).toFile());
        builder.environment().put("KEFUHUB", unpacked.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LOGIN", "doc.reader");
        builder.environment().put("PASSWORD", "reads-the-docs-1");
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s says: %s%nwhich says: %s", block.file, text, said)
                .isZero();
    }

    private static List<Block> blocks(String language) throws IOException {
        var blocks = new ArrayList<Block>();
        for (var file : documents()) {
            var found = BLOCK.matcher(Files.readString(file));
            while (found.find()) {
                if (!found.group(3).equals(language)) continue;
                var mark = found.group(1) == null ? "" : found.group(1);
                var value = found.group(2) == null ? "" : found.group(2);
                blocks.add(new Block(
                        file,
                        language,
                        mark.equals("needs") ? value : "",
                        mark.equals("runs") ? value : "",
                        found.group(4)));
            }
        }
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    private static List<Path> documents() throws IOException {
        try (var top = Files.list(ROOT);
                var docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
