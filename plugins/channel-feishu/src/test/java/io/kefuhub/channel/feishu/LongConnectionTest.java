package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LongConnectionTest {
    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);
    private final PlayedConnection peer = new PlayedConnection();
    private final Channel channel = wired.byLongConnection();
    private final Thread listener = Thread.ofVirtual().unstarted(channel::listen);

    LongConnectionTest() throws IOException {}

    @BeforeEach
    void start() {
        platform.socket(peer);
    }

    @AfterEach
    void end() throws InterruptedException {
        listener.interrupt();
        listener.join();
        wired.close();
        platform.close();
    }

    @Test
    void an_event_is_acknowledged_when_it_is_stored() throws InterruptedException {
        listen();
        peer.send("m-1", Told.text("om_1", "你好").json());

        var answer = peer.answer(1);
        assertThat(answer.header("message_id")).isEqualTo("m-1");
        assertThat(Integer.parseInt(answer.header("biz_rt"))).isLessThan(3_000);
        assertThat(answer.payload()).isEqualTo("{\"code\":200}");
        assertThat(ids()).containsExactly("om_1");
        assertThat(platform.calls("POST", "/callback/ws/endpoint").getFirst().body())
                .isEqualTo(new JsonObject(Map.of("AppID", PlayedPlatform.APP, "AppSecret", PlayedPlatform.SECRET)));
    }

    @Test
    void what_is_not_stored_is_answered_as_failed_so_that_it_comes_again() throws InterruptedException {
        listen();
        wired.fake.inbox().refuseNext("the database is away", true);
        peer.send("m-1", Told.text("om_1", "你好").json());
        assertThat(peer.answer(1).payload()).isEqualTo("{\"code\":500}");

        peer.send("m-1", Told.text("om_1", "你好").json());
        assertThat(peer.answer(2).payload()).isEqualTo("{\"code\":200}");
        assertThat(ids()).containsExactly("om_1");
    }

    @Test
    void an_event_in_three_parts_out_of_order_is_one_event() throws InterruptedException {
        listen();
        var bytes = Told.text("om_1", "你好，请问订单到哪了？").json().getBytes(StandardCharsets.UTF_8);
        var third = bytes.length / 3;

        peer.send(peer.frame("m-1", 3, 2, Arrays.copyOfRange(bytes, 2 * third, bytes.length)));
        peer.send(peer.frame("m-1", 3, 0, Arrays.copyOfRange(bytes, 0, third)));
        peer.send(peer.frame("m-1", 3, 1, Arrays.copyOfRange(bytes, third, 2 * third)));

        assertThat(peer.answer(1).payload()).isEqualTo("{\"code\":200}");
        assertThat(wired.fake.conversations().incoming())
                .extracting(Incoming::parts)
                .containsExactly(List.of(new Part.Text("你好，请问订单到哪了？")));
        assertThat(peer.answers()).hasSize(1);
    }

    @Test
    void a_button_is_answered_with_words_for_its_customer() throws InterruptedException {
        listen();
        var menu = new Part.Menu("哪一个？", List.of(new Part.Menu.Option("1", "退货")));
        channel.deliver(new Delivery("d1", Told.CHAT, "", new Author.Bot(), List.of(menu), 1, FakeClock.START));
        var value = platform.lastContent()
                .object("body")
                .orElseThrow()
                .objects("elements")
                .getLast()
                .objects("behaviors")
                .getFirst()
                .object("value")
                .orElseThrow();

        peer.send(
                "m-1",
                Told.event(
                        "e1",
                        "card.action.trigger",
                        Map.of(
                                "operator", Map.of("open_id", Told.PERSON),
                                "action", Map.of("value", value),
                                "context", Map.of("open_chat_id", Told.CHAT))));

        var payload = Json.object(peer.answer(1).payload()).orElseThrow();
        var data = new String(Base64.getDecoder().decode(payload.text("data", "")), StandardCharsets.UTF_8);
        assertThat(Json.object(data).orElseThrow().object("toast").orElseThrow().text("content"))
                .contains("已收到");
        assertThat(wired.fake.conversations().incoming())
                .extracting(Incoming::parts)
                .containsExactly(List.of(new Part.Text("退货")));
    }

    @Test
    void events_of_another_app_and_frames_without_sense_change_nothing() throws InterruptedException {
        listen();
        peer.send(ByteString.encodeUtf8("nonsense"));
        peer.send("m-0", "no json");
        var body = Map.of("message", Map.of(), "sender", Map.of());
        peer.send("m-1", Told.event("e", "im.message.receive_v1", "cli_other", "", body));
        peer.send("m-2", Told.text("om_1", "你好").json());

        assertThat(peer.answer(3).payload()).isEqualTo("{\"code\":200}");
        assertThat(ids()).containsExactly("om_1");
    }

    @Test
    void a_connection_that_breaks_is_opened_anew_at_a_new_address() throws InterruptedException {
        listen();
        peer.cut();

        Waits.until(() -> peer.opened() == 2);
        peer.send("m-1", Told.text("om_1", "你好").json());

        assertThat(peer.answer(1).payload()).isEqualTo("{\"code\":200}");
        assertThat(platform.calls("POST", "/callback/ws/endpoint")).hasSize(2);
    }

    @Test
    void a_platform_that_is_busy_is_asked_again_at_its_interval() throws InterruptedException {
        listen();
        platform.refuse("POST", "/callback/ws/endpoint", 200, 1, "system busy");
        platform.refuse("POST", "/callback/ws/endpoint", 200, 1000040343, "internal");
        peer.cut();

        Waits.until(() -> peer.opened() == 2);

        assertThat(platform.calls("POST", "/callback/ws/endpoint")).hasSize(4);
    }

    @Test
    void a_wrong_secret_is_not_tried_again_and_again() throws InterruptedException {
        platform.endpoint(200, "{\"code\":514,\"msg\":\"auth failed\"}");
        listener.start();
        Waits.until(() -> !platform.calls("POST", "/callback/ws/endpoint").isEmpty());
        Waits.until(() -> listener.getState() == Thread.State.TIMED_WAITING);

        assertThat(platform.calls("POST", "/callback/ws/endpoint")).hasSize(1);
        assertThat(wired.fake.inbox().shutOut()).singleElement().satisfies(told -> {
            assertThat(told.setting()).isEqualTo("app-secret");
            assertThat(told.reason().in(Language.EN)).contains("514");
            assertThat(told.reason().in(Language.ZH_CN)).contains("514", "重新复制");
        });
    }

    @Test
    void pings_go_as_often_as_the_platform_wants_from_its_last_word_on() throws InterruptedException {
        platform.endpointConfig("\"ReconnectInterval\":1,\"ReconnectNonce\":0,\"PingInterval\":1");
        listen();
        Waits.until(() -> peer.pings() >= 3);

        peer.pong("{\"PingInterval\":3600}");
        var before = peer.pings();
        peer.send("m-1", Told.text("om_1", "你好").json());
        peer.answer(1);

        assertThat(peer.pings()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void an_interrupted_connection_answers_what_it_has_and_closes() throws InterruptedException {
        listen();
        peer.send("m-1", Told.text("om_1", "你好").json());
        peer.answer(1);

        listener.interrupt();

        listener.join();
        Waits.until(peer::isClosed);
    }

    private void listen() throws InterruptedException {
        listener.start();
        Waits.until(() -> wired.fake.inbox().isListening() && peer.opened() > 0);
    }

    private List<String> ids() {
        return wired.fake.conversations().incoming().stream()
                .map(Incoming::externalId)
                .toList();
    }
}
