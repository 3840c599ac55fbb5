package io.kefuhub.simulators.feishu;

import static io.kefuhub.simulators.Remote.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LongConnectionTest {
    private final Tenant tenant = new Tenant();
    private ConnectedClient client;

    @BeforeEach
    void a_line_is_open() throws Exception {
        client = connected();
    }

    @AfterEach
    void close() {
        client.close();
        tenant.close();
    }

    @Test
    void the_endpoint_tells_where_and_how() throws Exception {
        var endpoint = endpoint(Feishu.CONNECTED.id(), Feishu.CONNECTED.secret());

        assertThat(endpoint.path("code").asInt()).isZero();
        assertThat(endpoint.path("data").path("URL").asText())
                .startsWith("ws://")
                .contains("device_id=", "service_id=", "access_key=", "ticket=");
        assertThat(endpoint.path("data")
                        .path("ClientConfig")
                        .path("PingInterval")
                        .asInt())
                .isEqualTo(120);
        assertThat(endpoint("cli_0000000000000000", "x").path("code").asInt()).isEqualTo(403);
        assertThat(endpoint(Feishu.CONNECTED.id(), "x").path("code").asInt()).isEqualTo(514);
        assertThat(endpoint(Feishu.HOOKED.id(), Feishu.HOOKED.secret())
                        .path("code")
                        .asInt())
                .isEqualTo(403);
    }

    @Test
    void an_address_opens_one_line_and_soon() throws Exception {
        var used = url();
        client.close();
        client = new ConnectedClient(tenant.remote.client, used);
        var late = url();
        tenant.forward("PT3M");

        for (var address : new URI[] {used, late}) {
            assertThatThrownBy(() -> new ConnectedClient(tenant.remote.client, address))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> {
                        var headers = refused.getResponse().headers();
                        assertThat(headers.firstValue("handshake-status")).contains("514");
                        assertThat(headers.firstValue("handshake-msg")).contains("invalid ticket");
                        assertThat(headers.firstValue("handshake-autherrcode")).isPresent();
                    });
        }
    }

    @Test
    void what_a_customer_says_comes_as_one_frame_and_once() throws Exception {
        tenant.say(Feishu.CONNECTION, "请问订单到哪了？");
        until(() -> client.events, all -> all.size() == 1);
        tenant.forward("PT24H");
        tenant.say(Feishu.CONNECTION, "还在吗");
        until(() -> client.events, all -> all.size() == 2);

        assertThat(client.text(0)).isEqualTo("请问订单到哪了？");
        assertThat(client.text(1)).isEqualTo("还在吗");
        var frame = client.frames.getFirst();
        assertThat(frame.type()).isEqualTo("event");
        assertThat(frame.header("sum")).isEqualTo("1");
        assertThat(frame.header("seq")).isEqualTo("0");
        assertThat(client.events.getFirst().path("header").path("app_id").asText())
                .isEqualTo(Feishu.CONNECTED.id());
    }

    @Test
    void a_ping_is_answered_with_how_to_go_on() throws Exception {
        tenant.act(
                Feishu.CONNECTION, "configure", Json.object().put("ping", "7").put("reconnect", "1"));

        client.send(Frame.control(1, "ping", new byte[0]));

        until(() -> client.frames, all -> all.size() == 1);
        assertThat(client.frames.getFirst().method()).isEqualTo(Frame.CONTROL);
        assertThat(client.frames.getFirst().type()).isEqualTo("pong");
        assertThat(client.pong().path("PingInterval").asInt()).isEqualTo(7);
        assertThat(client.pong().path("ReconnectInterval").asInt()).isEqualTo(1);
    }

    @Test
    void what_is_said_to_have_failed_comes_again() throws Exception {
        client.answers(_ -> Optional.of("{\"code\":500}"));
        tenant.say(Feishu.CONNECTION, "急");
        until(this::repeatsToCome, count -> count == 1);
        client.answers(_ -> Optional.of("{\"code\":200}"));
        tenant.forward("PT15S");

        until(() -> client.events, all -> all.size() == 2);
        assertThat(client.events.get(1)).isEqualTo(client.events.get(0));
    }

    @Test
    void what_is_not_acknowledged_within_three_seconds_comes_again() throws Exception {
        client.answers(_ -> Optional.empty());
        tenant.say(Feishu.CONNECTION, "急");
        until(this::repeatsToCome, count -> count == 1);
        client.answers(_ -> Optional.of("{\"code\":200}"));
        tenant.forward("PT15S");

        until(() -> client.events, all -> all.size() == 2);
    }

    @Test
    void three_parts_come_the_last_one_first() throws Exception {
        tenant.fault("in-parts", 1);
        tenant.say(Feishu.CONNECTION, "请问订单到哪了？");

        until(() -> client.events, all -> all.size() == 1);
        assertThat(client.frames).hasSize(3);
        assertThat(client.frames.getFirst().header("seq")).isEqualTo("2");
        assertThat(client.text(0)).isEqualTo("请问订单到哪了？");
    }

    @Test
    void when_a_part_is_lost_the_whole_comes_again() throws Exception {
        tenant.fault("lost-part", 1);
        tenant.say(Feishu.CONNECTION, "急");
        until(this::repeatsToCome, count -> count == 1);
        assertThat(client.events).isEmpty();
        tenant.forward("PT15S");

        until(() -> client.events, all -> all.size() == 1);
    }

    @Test
    void a_line_cut_right_after_an_event_brings_it_again_on_the_next_line() throws Exception {
        client.answers(_ -> Optional.empty());
        tenant.fault("cut-after-event", 1);
        tenant.say(Feishu.CONNECTION, "急");
        until(this::verified, open -> !open);
        until(this::repeatsToCome, count -> count == 1);
        client.close();
        client = connected();
        tenant.forward("PT15S");

        until(() -> client.events, all -> all.size() == 1);
        assertThat(client.text(0)).isEqualTo("急");
    }

    @Test
    void what_nobody_is_there_for_waits() throws Exception {
        tenant.act(Feishu.CONNECTION, "cut-lines", Json.object());
        until(() -> client.closed, closed -> closed);
        tenant.say(Feishu.CONNECTION, "有人吗");
        until(this::repeatsToCome, count -> count == 1);
        client = connected();
        tenant.forward("PT15S");

        until(() -> client.events, all -> all.size() == 1);
    }

    @Test
    void each_event_goes_to_one_line_of_several() throws Exception {
        try (var other = connected()) {
            tenant.sayAll(Feishu.CONNECTION, Json.object().put("text", "第").put("times", 40));

            until(() -> client.events.size() + other.events.size(), count -> count == 40);
            assertThat(client.events).isNotEmpty();
            assertThat(other.events).isNotEmpty();
        }
    }

    @Test
    void a_button_is_told_down_the_line_and_its_answer_comes_back_with_the_acknowledgement() throws Exception {
        var said = tenant.say(Feishu.CONNECTION, "在吗");
        until(() -> client.events, all -> all.size() == 1);
        client.answers(_ -> ConnectedClient.data("{\"toast\":{\"type\":\"info\",\"content\":\"已转人工\"}}"));
        var card = Json.object();
        var button = card.putArray("elements").addObject().put("tag", "button");
        button.putObject("text").put("content", "人工");
        button.putObject("value").put("do", "human");
        tenant.signedInAsConnected();
        var sent = tenant.send(tenant.chat(said), "interactive", card, "")
                .data()
                .path("message_id")
                .asText();

        var pressed = tenant.act(
                Feishu.CONNECTION, "press", Json.object().put("message", sent).put("button", "b0"));

        assertThat(pressed.path("answered").asBoolean()).isTrue();
        assertThat(client.events
                        .getLast()
                        .path("event")
                        .path("action")
                        .path("value")
                        .path("do")
                        .asText())
                .isEqualTo("human");
        assertThat(tenant.remote.get("/sim/messages").findValuesAsText("text")).contains("[info] 已转人工");
    }

    @Test
    void beginning_anew_hangs_up_and_keeps_the_customers_names() throws Exception {
        var customer = tenant.customer(Feishu.CONNECTION);
        var before = tenant.say(Feishu.CONNECTION, "在吗");
        until(() -> client.events, all -> all.size() == 1);

        tenant.remote.post("/sim/reset", "{}");

        until(() -> client.closed, closed -> closed);
        client.close();
        client = connected();
        assertThat(tenant.customer(Feishu.CONNECTION)).isEqualTo(customer);
        assertThat(tenant.say(Feishu.CONNECTION, "在吗")).isNotEqualTo(before);
        until(() -> client.events, all -> all.size() == 1);
    }

    @Test
    void a_frame_that_cannot_be_read_ends_the_line() throws Exception {
        client.sendRaw("no protobuf".getBytes(UTF_8));

        until(() -> client.closed, closed -> closed);
        // The platform's end of it is gone a moment after the client's.
        until(this::verified, accepted -> !accepted);
        assertThat(tenant.remote
                        .post("/sim/verify", "{\"surface\":\"long-connection\"}")
                        .path("accepted")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void the_hub_may_be_refused_a_line_or_left_without_an_answer() throws Exception {
        tenant.fault("many-lines", 1);
        assertThat(endpoint(Feishu.CONNECTED.id(), Feishu.CONNECTED.secret())
                        .path("code")
                        .asInt())
                .isEqualTo(1000040350);
        tenant.fault("busy", 1);
        assertThat(endpoint(Feishu.CONNECTED.id(), Feishu.CONNECTED.secret())
                        .path("code")
                        .asInt())
                .isOne();
        tenant.fault("no-pong", 1);
        client.send(Frame.control(1, "ping", new byte[0]));
        client.send(new Frame(0, 0, 1, Frame.CONTROL, Map.of("type", "ping"), new byte[0]));
        until(() -> client.frames, all -> !all.isEmpty());
        until(this::pings, count -> count == 2);
        assertThat(client.frames).hasSize(1);
    }

    private long pings() {
        return tenant.simulator.scene().journal.after(0).stream()
                .filter(entry -> entry.what().equals("ping"))
                .count();
    }

    private ConnectedClient connected() throws IOException, InterruptedException {
        var open = new ConnectedClient(tenant.remote.client, url());
        until(this::verified, accepted -> accepted);
        return open;
    }

    private boolean verified() {
        return tenant.simulator.platform().verify(Feishu.CONNECTION).accepted();
    }

    private URI url() throws IOException, InterruptedException {
        return URI.create(endpoint(Feishu.CONNECTED.id(), Feishu.CONNECTED.secret())
                .path("data")
                .path("URL")
                .asText());
    }

    private JsonNode endpoint(String id, String secret) throws IOException, InterruptedException {
        return tenant.remote.post(
                "/callback/ws/endpoint",
                Json.object().put("AppID", id).put("AppSecret", secret).toString());
    }

    private long repeatsToCome() {
        return tenant.simulator.scene().journal.after(0).stream()
                .filter(entry -> entry.what().startsWith("again in "))
                .count();
    }
}
