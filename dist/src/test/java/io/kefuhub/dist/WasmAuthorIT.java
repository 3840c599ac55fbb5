package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
    private static final String SITE = "the-site-and-the-hub-know-this";
    private static final String OWNER = """
            people:
              author: { name: Author, roles: [owner], password: reads-the-docs-1, mustChangePassword: false }
            channels:
              wk_known: { type: web, title: Known customers, desk: main, settings: { identity-secret: %s } }
            """.formatted(SITE);
    /** The test module that rewrites what gold customers say. */
    private static final Path CUSTOMER = Path.of("../hub-core/src/test/resources/wasm/customer.wasm");

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
                .doesNotContain("only interpreted", "can hold up the whole hub");

        try (var hub = UnpackedHub.start(unpacked, home)) {
            hub.awaitReady();
            var cookie = signIn(hub);
            drop(project.resolve("filter.json"), home);
            drop(project.resolve("filter.wasm"), home);
            await(hub, cookie, "/api/wasm", Pattern.compile("\"filter\":\"my-filter\""));
            Visitor.of(hub).says("ping");
            await(hub, cookie, "/api/wasm", REWRITTEN);

            drop(CUSTOMER, home);
            await(hub, cookie, "/api/wasm", Pattern.compile("\"filter\":\"customer\""));
            Visitor.vouchedFor(hub, "wk_known", identity("user-42", "silver")).says("hello");
            await(hub, cookie, "/api/wasm", Pattern.compile("\"filter\":\"customer\"[^}]*\"passed\":1\\b"));
            Visitor.vouchedFor(hub, "wk_known", identity("user-42", "gold")).says("hello again");
            await(hub, cookie, "/api/wasm", Pattern.compile("\"filter\":\"customer\"[^}]*\"rewritten\":1\\b"));
        }
    }

    /** As a site's own server says who its customer is. */
    private static String identity(String subject, String level) throws GeneralSecurityException {
        var now = Instant.now().getEpochSecond();
        var claims = "{\"sub\":\"%s\",\"aud\":\"hub-widget\",\"iat\":%d,\"exp\":%d,\"attributes\":{\"level\":\"%s\"}}"
                .formatted(subject, now, now + 600, level);
        var signed = base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SITE.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
