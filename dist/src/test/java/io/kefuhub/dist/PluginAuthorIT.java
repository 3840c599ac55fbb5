package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of docs/plugins.md, from the unpacked hub to a filter that serves, with the commands it gives. */
@Timeout(600)
final class PluginAuthorIT {
    private static final Path DOCUMENT = Path.of("../docs/plugins.md");
    private static final Path TEMPLATE = Path.of("../plugins/template/src");
    private static final Pattern COMMANDS =
            Pattern.compile("<!-- needs: plugin -->\\n```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SERVING =
            Pattern.compile("\"id\":\"([a-z-]+)\"(?:(?!\"id\":).)*?\"serving\":\\{\"hash\":\"([0-9a-f]{64})\"");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OWNER = """
            people:
              author: { name: Author, roles: [owner], password: reads-the-docs-1, mustChangePassword: false }
            """;

    @TempDir
    Path folder;

    @Test
    void the_documented_way_leads_from_the_template_to_a_filter_that_serves() throws Exception {
        var unpacked = UnpackedHub.unpack(Files.createDirectory(folder.resolve("hub")));
        var home = Files.createDirectories(unpacked.resolve("home"));
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("author.yaml"), OWNER);
        var project = folder.resolve("work/filter-shipping");
        var dev = Map.of("KEFUHUB_PLUGINS_DEV", project.resolve("target").toString());

        try (var repository = LinkedRepository.in(folder.resolve("repository"));
                var hub = UnpackedHub.start(unpacked, home, dev)) {
            var environment = new HashMap<>(repository.environment());
            environment.put("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
            hub.awaitReady();
            var cookie = signIn(hub);
            run(commands().replace("/opt/kefuhub", unpacked.toString()), environment);
            var jar = project.resolve("target/filter-shipping-1.0.0.jar");
            var first = hash(jar);
            awaitServing(hub, cookie, "filter-shipping", first::equals);
            assertThat(hub.output()).contains("Plugin filter-shipping 1.0.0 serves from filter-shipping-1.0.0.jar");

            // The same version, built anew, while the hub runs.
            var factory = project.resolve("src/main/java/com/example/shipping/ShippingFilterFactory.java");
            Files.writeString(factory, Files.readString(factory).replace("Tag parcel numbers", "Tag parcels"));
            run("cd filter-shipping && mvn -DskipTests package", environment);
            assertThat(hash(jar)).isNotEqualTo(first);
            awaitServing(hub, cookie, "filter-shipping", hash(jar)::equals);

            var shout = AuthorsJar.good().build(folder.resolve("shout.jar"), unpacked);
            Files.move(shout, home.resolve("plugins/shout-1.0.0.jar"), StandardCopyOption.ATOMIC_MOVE);
            var dropped = System.nanoTime();
            awaitServing(hub, cookie, "shout", _ -> true);
            assertThat(Duration.ofNanos(System.nanoTime() - dropped)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void the_code_in_the_document_is_the_template_s() throws IOException {
        String template;
        try (var files = Files.walk(TEMPLATE)) {
            template = files.filter(file -> file.toString().endsWith(".java"))
                    .map(PluginAuthorIT::read)
                    .collect(Collectors.joining("\n"));
        }
        var lines = List.of(template.split("\n"));

        var blocks = JAVA.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(blocks).hasSizeGreaterThan(3);
        for (var block : blocks) {
            assertThat(block.group(1).lines().filter(line -> !line.isBlank()))
                    .allSatisfy(line -> assertThat(lines).contains(line));
        }
    }

    private static String hash(Path file) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commands() throws IOException {
        var blocks = COMMANDS.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(blocks).isNotEmpty();
        return blocks.stream().map(block -> block.group(1)).collect(Collectors.joining("\n"));
    }

    private void run(String commands, Map<String, String> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-euc", commands).redirectErrorStream(true);
        builder.directory(Files.createDirectories(folder.resolve("work")).toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s says: %s", commands, said).isZero();
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

    /** Waits until a version of a plugin serves that is wanted by its hash, and returns that. */
    private static String awaitServing(UnpackedHub hub, String cookie, String plugin, Predicate<String> wanted) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var answer = hub.send(HttpRequest.newBuilder(hub.url.resolve("/api/plugins"))
                    .header("Cookie", cookie)
                    .build());
            var found = SERVING.matcher(answer.body())
                    .results()
                    .filter(one -> one.group(1).equals(plugin))
                    .map(one -> one.group(2))
                    .filter(wanted)
                    .findFirst();
            if (found.isPresent()) return found.get();
            if (System.nanoTime() - end >= 0) throw new AssertionError(answer.body() + "\n" + hub.output());
            LockSupport.parkNanos(20_000_000);
        }
    }
}
