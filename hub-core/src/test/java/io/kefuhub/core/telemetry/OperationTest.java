package io.kefuhub.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationTest {
    private final Metrics metrics = new Metrics();
    private final AtomicReference<Optional<String>> database = new AtomicReference<>(Optional.empty());
    private final WebServer server = new WebServer(
                    WebSettings.local(0),
                    token -> Optional.empty(),
                    new CallMetrics(metrics),
                    List.of(new OperationRoutes(
                            "1.0.0", metrics, Map.of("database", database::get), Optional.of("secret"))))
            .start();
    private final Browser browser = new Browser(server.port());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_is_ready_while_all_is_well_and_says_what_is_not() {
        assertThat(browser.get("/healthz").json().get("status").asText()).isEqualTo("ok");
        assertThat(browser.get("/readyz").status()).isEqualTo(200);

        database.set(Optional.of("away"));

        assertThat(browser.get("/readyz").status()).isEqualTo(503);
        assertThat(browser.get("/readyz").json().at("/checks/database").asText())
                .isEqualTo("away");
        assertThat(browser.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void metrics_are_for_this_machine_or_for_who_holds_the_token() {
        assertThat(browser.get("/metrics").status()).isEqualTo(200);
        browser.with("X-Forwarded-For", "203.0.113.9");
        assertThat(browser.get("/metrics").status()).isEqualTo(403);
        assertThat(browser.with("Authorization", "Bearer wrong").get("/metrics").status())
                .isEqualTo(403);
        assertThat(browser.with("Authorization", "Bearer secret")
                        .get("/metrics")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void calls_are_counted_by_route_and_not_by_address() {
        browser.get("/healthz?secret=1");
        browser.get("/nowhere/12345");

        assertThat(metrics.text())
                .contains("kefuhub_http_request_seconds_count{method=\"GET\",route=\"/healthz\",status=\"200\"} 1")
                .contains("route=\"none\",status=\"404\"")
                .doesNotContain("12345")
                .doesNotContain("secret");
    }

    @Test
    void the_text_is_what_prometheus_reads() {
        var fresh = new Metrics();
        fresh.counter("messages_total", "Messages.", "channel").add(2, "wk\"1\n");
        fresh.durations("took_seconds", "Took.").add(Duration.ofMillis(30));
        fresh.gauge("open", "Open.", () -> 3);

        assertThat(fresh.text())
                .contains("# HELP messages_total Messages.\n# TYPE messages_total counter\n")
                .contains("messages_total{channel=\"wk\\\"1\\n\"} 2\n")
                .contains("took_seconds_bucket{le=\"0.025\"} 0\n")
                .contains("took_seconds_bucket{le=\"0.1\"} 1\n")
                .contains("took_seconds_bucket{le=\"+Inf\"} 1\n")
                .contains("took_seconds_count 1\n")
                .contains("open 3.0\n");
    }

    @Test
    void the_process_tells_of_itself() {
        MachineMetrics.addTo(metrics);

        assertThat(metrics.text())
                .contains("jvm_memory_heap_used_bytes ", "jvm_gc_seconds_total{collector=")
                .containsPattern("jvm_memory_metaspace_used_bytes [1-9]")
                .containsPattern("jvm_classes_loaded [1-9]")
                .containsPattern("process_open_fds [1-9]");
    }
}
