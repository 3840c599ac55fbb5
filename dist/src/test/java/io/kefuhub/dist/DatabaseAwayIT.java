package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that stands still for some seconds, with a message in its hands. */
@Timeout(180)
final class DatabaseAwayIT {
    /** A question to a channel may take this long; see docs/plugins.md. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void a_post_is_refused_in_time_and_known_when_it_comes_again_though_it_was_stored_later() throws Exception {
        var home = folder.resolve("home");
        try (var hub = UnpackedHub.start(UnpackedHub.prepared(), home)) {
            hub.awaitReady();
            var anna = Visitor.of(hub);
            var newcomer = Visitor.of(hub);
            anna.says("你好");
            HttpResponse<String> refused;
            try (var _ = new Standstill(home)) {
                refused = inTime(() -> anna.posts("again-1", "怎么退货"));
                assertThat(inTime(() -> newcomer.posts("first-1", "hello")).statusCode())
                        .isEqualTo(503);
            }
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("\"code\":\"unavailable\"");

            var stored = anna.postsUntilStored("again-1", "怎么退货");
            var repeated = anna.posts("again-1", "怎么退货");

            assertThat(repeated.body()).isEqualTo(stored.body());
            assertThat(anna.events().split("\"cid\":\"again-1\"", -1))
                    .as("told once")
                    .hasSize(2);
            assertThat(newcomer.postsUntilStored("first-1", "hello").body()).contains("\"seq\":1,");
        }
    }

    private static HttpResponse<String> inTime(java.util.function.Supplier<HttpResponse<String>> post) {
        var began = System.nanoTime();
        var answer = post.get();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DEADLINE);
        return answer;
    }

    /** Stops every process of the hub's own database until it is closed. */
    private static final class Standstill implements AutoCloseable {
        private final List<String> processes = new ArrayList<>();

        Standstill(Path home) throws IOException {
            var postmaster = Long.parseLong(Files.readAllLines(home.resolve("data/postgres/postmaster.pid"))
                    .getFirst()
                    .strip());
            var first = ProcessHandle.of(postmaster).orElseThrow();
            Stream.concat(Stream.of(first), first.descendants())
                    .forEach(process -> processes.add(Long.toString(process.pid())));
            signal("-STOP");
        }

        private void signal(String name) {
            var words = new ArrayList<>(List.of("kill", name));
            words.addAll(processes);
            try {
                assertThat(new ProcessBuilder(words).inheritIO().start().waitFor())
                        .isZero();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            signal("-CONT");
        }
    }
}
