package io.kefuhub.channel.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.kit.FakeInbox;
import io.kefuhub.channel.wecom.MessageIds;
import io.kefuhub.channel.wecom.PlayedWecom;
import io.kefuhub.channel.wecom.Rig;
import io.kefuhub.channel.wecom.Sealing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KfEventsTest {
    private static final String TRANS = "/cgi-bin/kf/service_state/trans";
    private static final String ON_EVENT = "/cgi-bin/kf/send_msg_on_event";
    private static final String THREAD = "wk1/wm1";

    private final Rig rig = new Rig();
    private final PlayedWecom wecom = rig.wecom;

    @AfterEach
    void close() {
        rig.close();
    }

    private Channel channel(Map<String, String> more) {
        var values = new HashMap<>(Sealing.values(wecom.address()));
        values.putAll(more);
        var patience = new Fetching.Patience(Duration.ofSeconds(5), Duration.ofMillis(1));
        return new KfChannel(KfSettings.of(Settings.of(values)), rig.context, patience);
    }

    private void happens(Channel channel, String type, Map<String, Object> more) {
        wecom.item("wk1", KfItems.event("e" + type + more.hashCode(), type, more, rig.now()));
        pull(channel);
    }

    private void pull(Channel channel) {
        channel.pull("wk1", "n||c0").messages().forEach(rig.hub.inbox()::accept);
    }

    @Test
    void whoever_enters_is_welcomed_with_the_code_and_the_scene_is_noted() {
        happens(
                channel(Map.of("welcome", "欢迎光临")),
                "enter_session",
                Map.of("welcome_code", "w1", "scene", "shop", "scene_param", "order-7"));

        Rig.until(() -> !wecom.shown("w1").isEmpty());
        assertThat(wecom.shown("w1")).containsExactly("欢迎光临");
        assertThat(rig.hub.conversations().incoming()).isEmpty();
    }

    @Test
    void a_welcome_with_choices_is_a_menu() {
        happens(
                channel(Map.of("welcome", "欢迎光临", "welcome-choices", "查订单\n转人工")),
                "enter_session",
                Map.of("welcome_code", "w1"));

        Rig.until(() -> !wecom.shown("w1").isEmpty());
        assertThat(wecom.shown("w1").getFirst()).contains("欢迎光临", "查订单", "转人工");
    }

    @Test
    void whoever_entered_more_than_twenty_seconds_ago_is_not_welcomed() {
        var channel = channel(Map.of("welcome", "欢迎光临"));
        wecom.item("wk1", KfItems.event("e1", "enter_session", Map.of("welcome_code", "w1"), rig.now()));
        rig.clock().move(Duration.ofSeconds(21));

        pull(channel);

        assertThat(rig.hub.tasks().underWay()).isZero();
        assertThat(wecom.seen(ON_EVENT)).isEmpty();
    }

    @Test
    void a_message_that_failed_later_is_told_to_the_hub_with_the_reason() {
        var delivery = UUID.randomUUID().toString();

        happens(channel(Map.of()), "msg_send_fail", Map.of("fail_msgid", MessageIds.of(delivery, 0), "fail_type", 10));

        assertThat(rig.hub.inbox().receipts()).singleElement().satisfies(told -> {
            assertThat(told.deliveryId()).isEqualTo(delivery);
            assertThat(told.outcome()).isInstanceOfSatisfying(Delivered.Undeliverable.class, never -> {
                assertThat(never.reason()).asString().contains("the customer refuses messages");
                assertThat(never.reason().in(Language.ZH_CN)).contains("客户拒收");
            });
        });
    }

    @Test
    void a_failure_of_somebody_elses_message_is_nobodys() {
        happens(channel(Map.of()), "msg_send_fail", Map.of("fail_msgid", "4XnVtBHrE3", "fail_type", 4));

        assertThat(rig.hub.inbox().receipts()).isEmpty();
    }

    @Test
    void events_of_no_interest_or_never_heard_of_stop_nothing() {
        var channel = channel(Map.of());
        for (var type :
                new String[] {"servicer_status_change", "user_recall_msg", "servicer_recall_msg", "hologram", ""}) {
            wecom.item("wk1", KfItems.event("e" + type, type, Map.of("status", 1), rig.now()));
        }
        wecom.item("wk1", KfItems.text("m1", "hello", rig.now()));

        pull(channel);

        assertThat(rig.hub.conversations().incoming()).hasSize(1);
    }

    // Satisfaction

    @Test
    void the_end_of_a_session_asks_how_it_was_and_the_tap_is_a_rating_and_no_message() {
        var channel = channel(Map.of("ask-satisfaction", "true"));
        wecom.item("wk1", KfItems.text("m1", "hello", rig.now()));
        happens(channel, "session_status_change", Map.of("change_type", 3, "msg_code", "over"));
        Rig.until(() -> !wecom.shown("over").isEmpty());
        assertThat(wecom.shown("over").getFirst()).contains("请对本次服务作出评价", "非常满意", "非常不满意");

        wecom.item("wk1", KfItems.item("m2", "text", Map.of("content", "满意", "menu_id", "rating:4"), rig.now()));
        channel.pull("wk1", "n||c2").messages().forEach(rig.hub.inbox()::accept);

        assertThat(rig.hub.inbox().ratings()).containsExactly(new FakeInbox.Rating(THREAD, Optional.empty(), 4, ""));
        assertThat(rig.hub.conversations().incoming()).hasSize(1);
    }

    @Test
    void a_conversation_that_is_closed_asks_how_it_was_once() {
        var channel = talking(Map.of("ask-satisfaction", "true"));

        state(Timeline.State.CLOSED);

        Rig.until(() -> wecom.shown("wm1").size() == 2);
        assertThat(wecom.shown("wm1").getLast()).contains("请对本次服务作出评价");
        assertThat(rig.hub.conversations().followers(conversation())).isZero();
        channel.close();
    }

    // Transfer

    @Test
    void a_customer_who_waits_for_a_person_is_handed_to_the_servicer_once() {
        var channel = talking(Map.of("servicer", "lisi"));

        state(Timeline.State.WAITING_FOR_AGENT);

        Rig.until(() -> wecom.state("wk1", "wm1") == 3);
        assertThat(channel.deliver(Rig.reply(THREAD, Rig.text("x")))).isInstanceOf(Delivered.Undeliverable.class);
        assertThat(wecom.seen(TRANS).stream()
                        .map(PlayedWecom.Seen::json)
                        .filter(call -> call.number("service_state", 0) == 3))
                .extracting(call -> call.text("servicer_userid", ""))
                .containsExactly("lisi");
    }

    @Test
    void nobody_is_followed_where_nothing_is_to_be_done() {
        talking(Map.of());

        assertThat(rig.hub.conversations().followers(conversation())).isZero();
    }

    @Test
    void a_closed_channel_follows_nobody() {
        var channel = talking(Map.of("servicer", "lisi"));
        assertThat(rig.hub.conversations().followers(conversation())).isEqualTo(1);

        channel.close();

        assertThat(rig.hub.conversations().followers(conversation())).isZero();
    }

    private Channel talking(Map<String, String> settings) {
        var channel = channel(settings);
        wecom.item("wk1", KfItems.text("m1", "hello", rig.now()));
        pull(channel);
        channel.deliver(Rig.reply(THREAD, Rig.text("hi")));
        return channel;
    }

    private String conversation() {
        return rig.hub.timeline().find(THREAD).orElseThrow().conversationId();
    }

    private void state(Timeline.State state) {
        rig.hub.conversations().change(conversation(), state, "");
    }
}
