package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of docs/wasm.md, from the unpacked hub to a module that judges, with the commands it gives. */
@Timeout(300)
final class WasmAuthorIT {
    private static final Path DOCUMENT = Path.of("../docs/wasm.md");
    private static final Pattern COMMANDS = Pattern.compile("<!-- needs: module -->\n```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REWRITTEN = Pattern.compile("\"filter\":\"my-filter\"[^}]*\"rewritten\":1\\b");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OWNER = """
            people:
              author: { name: Author, roles: [owner], password: reads-the-docs-1, mustChangePassword: false }
            """;

    @TempDir
    Path folder;

    @Test
    void the_documented_way_leads_from_the_template_to_a_module_that_judges() throws Exception {
        var unpacked = UnpackedHub.unpack(Files.createDirectory(folder.resolve("hub")));
        var home = Files.createDirectories(unpacked.resolve("home"));
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("author.yaml"), OWNER);
        var project = folder.resolve("my-filter");

        var said = run(commands().replace("/opt/kefuhub", unpacked.toString()));
        assertThat(said)
                .contains("my-filter 1.0.0", "✓ rewrites", "✓ holds", "✓ labels", "3 cases, 0 failed")
                .doesNotContain("only interpreted");

        try (var hub = UnpackedHub.start(unpacked, home)) {
            hub.awaitReady();
            var cookie = signIn(hub);
            drop(project.resolve("filter.json"), home);
            drop(project.resolve("filter.wasm"), home);
            await(hub, cookie, "/api/wasm", Pattern.compile("\"filter\":\"my-filter\""));
            Visitor.of(hub).says("ping");
            await(hub, cookie, "/api/wasm", REWRITTEN);
        }
    }

    private static void drop(Path file, Path home) throws IOException {
        var wasm = Files.createDirectories(home.resolve("wasm"));
        var unfinished = Files.copy(file, wasm.resolve(file.getFileName() + ".unfinished"));
        Files.move(unfinished, wasm.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String commands() throws IOException {
        var blocks = COMMANDS.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(blocks).hasSize(2);
        return blocks.stream().map(block -> block.group(1)).collect(Collectors.joining("\n"));
    }

    private String run(String commands) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-euc", commands).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().put("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s says: %s", commands, said).isZero();
        return said;
    }

    private static String signIn(UnpackedHub hub) {
        var answer = hub.send(HttpRequest.newBuilder(hub.url.resolve("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"author\",\"password\":\"reads-the-docs-1\"}"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(cookie -> cookie.split(";")[0])
                .orElseThrow();
    }

    private static void await(UnpackedHub hub, String cookie, String path, Pattern wanted) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var answer = hub.send(HttpRequest.newBuilder(hub.url.resolve(path))
                    .header("Cookie", cookie)
                    .build());
            if (wanted.matcher(answer.body()).find()) return;
            if (System.nanoTime() - end >= 0) throw new AssertionError(answer.body() + "\n" + hub.output());
            LockSupport.parkNanos(20_000_000);
        }
    }
}
