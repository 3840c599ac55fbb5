package io.kefuhub.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.simulators.wecom.WeCom;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SimulatorTest {
    private static final String CALL = "/cgi-bin/getcallbackip";

    private final Simulator simulator = Simulator.start(WeCom::new);
    private final Remote remote = new Remote(simulator.address());

    @BeforeEach
    void begins_without_faults() throws Exception {
        assertThat(remote.get("/sim/faults")).isEmpty();
    }

    @AfterEach
    void close() {
        remote.close();
        simulator.close();
    }

    @Test
    void every_call_is_in_the_journal_with_its_status_and_both_bodies() throws Exception {
        remote.get(CALL + "?access_token=abc");

        var call = remote.get("/sim/calls").get(0);
        assertThat(call.path("way").asText()).isEqualTo("CALL");
        assertThat(call.path("what").asText()).isEqualTo("GET " + CALL);
        assertThat(call.path("status").asInt()).isEqualTo(200);
        assertThat(call.path("request").asText()).contains("access_token=abc");
        assertThat(call.path("answer").asText()).contains("errcode");
    }

    @Test
    void an_error_strikes_as_often_as_it_was_told_and_only_where() throws Exception {
        remote.put("/sim/faults/server-error", "{\"times\":2,\"only\":\"callbackip\"}");

        assertThat(remote.send("GET", CALL, "").statusCode()).isEqualTo(503);
        assertThat(remote.send("GET", CALL, "").statusCode()).isEqualTo(503);
        assertThat(remote.send("GET", CALL, "").statusCode()).isEqualTo(200);
        assertThat(remote.get("/sim/calls").get(0).path("fault").asText()).isEqualTo("server-error");
    }

    @Test
    void a_connection_is_cut_before_or_after_the_call_is_done() throws Exception {
        remote.put("/sim/faults/cut-after", "{\"times\":1}");

        assertThatThrownBy(() -> remote.client.send(
                        HttpRequest.newBuilder(URI.create(simulator.address() + "/cgi-bin/kf/account/list"))
                                .POST(HttpRequest.BodyPublishers.ofString(""))
                                .build(),
                        BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(remote.send("GET", CALL, "").statusCode()).isEqualTo(200);
    }

    @Test
    void what_cannot_be_is_said_and_changes_nothing() throws Exception {
        var unknown = remote.send("PUT", "/sim/faults/gremlins", "{}");
        var negative = remote.send("PUT", "/sim/faults/slow", "{\"times\":-1}");
        var broken = remote.send("POST", "/sim/say", "{");

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("there is no fault gremlins").contains("server-error");
        assertThat(negative.statusCode()).isEqualTo(400);
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(remote.get("/sim/faults")).isEmpty();
    }

    @Test
    void a_page_of_another_site_cannot_drive_it() throws Exception {
        var form = remote.client.send(
                HttpRequest.newBuilder(URI.create(simulator.address() + "/sim/reset"))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(form.statusCode()).isEqualTo(400);
    }

    @Test
    void the_page_runs_nothing_but_itself() throws Exception {
        var page = remote.send("GET", "/", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'sha256-")
                .doesNotContain("unsafe");
    }
}
