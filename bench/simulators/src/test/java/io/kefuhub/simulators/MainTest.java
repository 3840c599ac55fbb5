package io.kefuhub.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code kefuhub simulate}, in a process of its own, as the launcher starts it. */
@Timeout(60)
final class MainTest {
    private static final Pattern ADDRESS = Pattern.compile("is simulated at (http://\\S+)");

    @Test
    void it_says_where_to_look_and_what_to_enter_and_serves_until_it_is_ended() throws Exception {
        var process = start("wecom", "--port", "0", "--hub", "http://127.0.0.1:1");
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            var said = upTo(out, "channels:");
            var address = ADDRESS.matcher(said);
            assertThat(address.find()).as(said).isTrue();

            assertThat(said).contains("corp-id", "secret", "token", "aes-key", "conf/simulated.yaml");
            try (var remote = new Remote(URI.create(address.group(1)))) {
                assertThat(remote.get("/sim").path("platform").asText()).isEqualTo("wecom");
                assertThat(remote.get("/sim/changes")
                                .path("callbacks")
                                .path("kf")
                                .asText())
                        .isEqualTo("http://127.0.0.1:1/webhooks/sim_wecom_kf");
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_cannot_be_started_is_said_on_the_terminal() throws Exception {
        assertThat(refusal("carrier-pigeon"))
                .contains("Usage: kefuhub simulate PLATFORM")
                .contains("wecom");
        assertThat(refusal("wecom", "--port", "many")).contains("--port takes a number");
        assertThat(refusal("wecom", "--hub", "localhost")).contains("--hub takes an address");
    }

    private static String refusal(String... words) throws IOException, InterruptedException {
        var process = start(words);
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        return said;
    }

    private static Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.kefuhub.simulators.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String upTo(BufferedReader out, String mark) throws IOException {
        var said = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.contains(mark)) break;
        }
        return said.toString();
    }
}
