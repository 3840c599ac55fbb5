package io.kefuhub.simulators.feishu;

import static io.kefuhub.simulators.Remote.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Journal;
import io.kefuhub.simulators.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WebhookTest {
    private final Tenant tenant = new Tenant();
    private final PostedTo hub = new PostedTo();

    @BeforeEach
    void the_address_is_entered() throws Exception {
        tenant.remote.put(
                "/sim/callbacks/webhook",
                Json.object().put("url", hub.address().toString()).toString());
    }

    @AfterEach
    void close() {
        tenant.close();
        hub.close();
    }

    @Test
    void what_a_customer_says_comes_sealed_and_signed() throws Exception {
        var id = tenant.say(Feishu.WEBHOOK, "请问订单到哪了？");

        var got = until(() -> hub.got, all -> all.size() == 1).getFirst();
        assertThat(got.sealed()).isTrue();
        assertThat(got.signed()).isTrue();
        assertThat(got.text()).isEqualTo("请问订单到哪了？");
        var header = got.event().path("header");
        assertThat(header.path("token").asText()).isEqualTo(Feishu.HOOKED.verificationToken());
        assertThat(header.path("app_id").asText()).isEqualTo(Feishu.HOOKED.id());
        var message = got.event().path("event").path("message");
        assertThat(message.path("message_id").asText()).isEqualTo(id);
        assertThat(message.path("chat_type").asText()).isEqualTo("p2p");
        assertThat(got.event()
                        .path("event")
                        .path("sender")
                        .path("sender_id")
                        .path("open_id")
                        .asText())
                .isEqualTo(tenant.customer(Feishu.WEBHOOK));
    }

    @Test
    void the_challenge_must_come_back() throws Exception {
        var right = tenant.remote.post("/sim/verify", "{\"surface\":\"webhook\"}");
        hub.answers(200, "{\"challenge\":\"another\"}");
        var wrong = tenant.remote.post("/sim/verify", "{\"surface\":\"webhook\"}");
        hub.answers(403, "");
        var refused = tenant.remote.post("/sim/verify", "{\"surface\":\"webhook\"}");

        assertThat(right.path("accepted").asBoolean()).isTrue();
        assertThat(hub.got.getFirst().event().path("token").asText()).isEqualTo(Feishu.HOOKED.verificationToken());
        assertThat(wrong.path("accepted").asBoolean()).isFalse();
        assertThat(refused.path("why").asText()).contains("403");
    }

    @Test
    void what_is_not_taken_comes_again_after_15_seconds_5_minutes_1_hour_and_6_hours_and_then_no_more()
            throws Exception {
        hub.answers(500, "");
        tenant.say(Feishu.WEBHOOK, "急");
        var steps = List.of("PT15S", "PT5M", "PT1H", "PT6H");
        for (var i = 0; i < steps.size(); i++) {
            var repeats = i + 1;
            until(this::repeatsToCome, count -> count == repeats);
            tenant.forward(steps.get(i));
        }
        until(this::attempts, count -> count == 5);
        until(this::givenUp, given -> given);
        tenant.forward("PT100H");

        assertThat(hub.got).hasSize(5).allMatch(PostedTo.Got::signed);
        assertThat(hub.got.stream().map(PostedTo.Got::eventId).distinct()).hasSize(1);
        // Signed anew, each at its time.
        var first = Long.parseLong(hub.got.getFirst().timestamp());
        assertThat(Long.parseLong(hub.got.getLast().timestamp()) - first).isBetween(25_515L, 25_530L);
    }

    @Test
    void what_is_taken_at_the_second_try_comes_no_third_time() throws Exception {
        hub.answers(503, "");
        tenant.say(Feishu.WEBHOOK, "急");
        until(this::repeatsToCome, count -> count == 1);
        hub.answers(200, "{}");
        tenant.forward("PT15S");
        until(this::attempts, count -> count == 2);
        tenant.forward("PT24H");
        tenant.say(Feishu.WEBHOOK, "还在吗");
        until(() -> hub.got, all -> all.getLast().text().equals("还在吗"));

        assertThat(hub.got).hasSize(3);
    }

    @Test
    void repeats_may_keep_the_first_signature() throws Exception {
        hub.answers(500, "");
        tenant.fault("old-signature", 0);
        tenant.say(Feishu.WEBHOOK, "急");
        until(this::repeatsToCome, count -> count == 1);
        tenant.forward("PT15S");
        until(() -> hub.got, all -> all.size() == 2);

        assertThat(hub.got.get(1).timestamp()).isEqualTo(hub.got.get(0).timestamp());
        assertThat(hub.got).allMatch(PostedTo.Got::signed);
    }

    @Test
    void a_burst_arrives_in_order_or_in_disorder_or_twice_as_it_is_asked_for() throws Exception {
        tenant.sayAll(Feishu.WEBHOOK, Json.object().put("text", "第").put("times", 20));
        until(() -> hub.got, all -> all.size() == 20);
        var inOrder = texts(0, 20);
        tenant.sayAll(
                Feishu.WEBHOOK, Json.object().put("text", "第").put("times", 20).put("order", "reversed"));
        until(() -> hub.got, all -> all.size() == 40);
        var reversed = texts(20, 40);
        tenant.sayAll(Feishu.WEBHOOK, Json.object().put("text", "两次").put("twice", true));
        var all = until(() -> hub.got, got -> got.size() == 42);

        var expected = IntStream.rangeClosed(1, 20).mapToObj(i -> "第 " + i).toList();
        assertThat(inOrder).isEqualTo(expected);
        assertThat(reversed).isEqualTo(expected.reversed());
        assertThat(messageId(all.get(40))).isEqualTo(messageId(all.get(41)));
    }

    @Test
    void each_fault_breaks_what_it_names_and_nothing_else() throws Exception {
        assertThat(under("bad-signature").signed()).isFalse();
        assertThat(under("unsigned").signature()).isEqualTo("null");
        assertThat(under("tampered").signed()).isFalse();
        assertThat(under("plain").sealed()).isFalse();
        var foreign = under("foreign-receiver");
        assertThat(foreign.signed()).isTrue();
        assertThat(foreign.event().path("header").path("app_id").asText()).isNotEqualTo(Feishu.HOOKED.id());
        var stale = under("stale");
        assertThat(stale.signed()).isTrue();
        assertThat(Long.parseLong(stale.timestamp())).isLessThan(System.currentTimeMillis() / 1000 - 8 * 3600);
        var wrong = under("wrong-token");
        assertThat(wrong.signed()).isTrue();
        assertThat(wrong.event().path("header").path("token").asText()).isNotEqualTo(Feishu.HOOKED.verificationToken());
    }

    @Test
    void a_replay_is_the_same_request_a_second_later() throws Exception {
        tenant.fault("replay", 1);
        tenant.say(Feishu.WEBHOOK, "一次");
        until(this::attempts, count -> count >= 1);
        tenant.forward("PT1S");

        var both = until(() -> hub.got, all -> all.size() == 2);
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    @Test
    void a_message_may_come_under_two_event_ids() throws Exception {
        tenant.fault("second-event", 1);
        tenant.say(Feishu.WEBHOOK, "一次");

        var both = until(() -> hub.got, all -> all.size() == 2);
        assertThat(messageId(both.get(1))).isEqualTo(messageId(both.get(0)));
        assertThat(both.get(1).eventId()).isNotEqualTo(both.get(0).eventId());
    }

    @Test
    void in_a_group_the_bot_hears_who_means_it_and_others_only_with_permission() throws Exception {
        tenant.say(Feishu.WEBHOOK, Json.object().put("group", "售后群").put("text", "@客服助手 订单呢"));
        tenant.act(
                Feishu.WEBHOOK,
                "scope",
                Json.object().put("scope", "im:message.group_msg").put("granted", "false"));
        tenant.say(Feishu.WEBHOOK, Json.object().put("group", "售后群").put("text", "闲聊"));
        tenant.say(Feishu.WEBHOOK, Json.object().put("group", "售后群").put("text", "@客服助手 在吗"));

        var got = until(() -> hub.got, all -> all.size() == 2);
        var message = got.getFirst().event().path("event").path("message");
        var bot = tenant.signedIn()
                .call("GET", "/bot/v3/info", "")
                .body()
                .path("bot")
                .path("open_id")
                .asText();
        assertThat(message.path("chat_type").asText()).isEqualTo("group");
        assertThat(got.getFirst().text()).isEqualTo("@_user_1 订单呢");
        assertThat(message.path("mentions").path(0).path("id").path("open_id").asText())
                .isEqualTo(bot);
        assertThat(got.getLast().text()).isEqualTo("@_user_1 在吗");
    }

    @Test
    void a_quote_names_what_it_quotes_and_what_the_chain_began_with() throws Exception {
        var first = tenant.say(Feishu.WEBHOOK, "订单呢");
        var answer =
                tenant.signedIn().reply(first, "在路上").data().path("message_id").asText();
        var more = Json.object().put("text", "哪天到？");
        more.putObject("with").put("quote", answer).put("thread", "omt_1");
        tenant.say(Feishu.WEBHOOK, more);

        var got = until(() -> hub.got, all -> all.size() == 2).getLast();
        var message = got.event().path("event").path("message");
        assertThat(message.path("parent_id").asText()).isEqualTo(answer);
        assertThat(message.path("root_id").asText()).isEqualTo(first);
        assertThat(message.path("thread_id").asText()).isEqualTo("omt_1");
    }

    @Test
    void the_same_message_again_comes_as_another_event() throws Exception {
        var said = tenant.say(Feishu.WEBHOOK, "一次");
        until(() -> hub.got, all -> all.size() == 1);
        tenant.act(Feishu.WEBHOOK, "again", Json.object().put("message", said));

        var both = until(() -> hub.got, all -> all.size() == 2);
        assertThat(messageId(both.get(1))).isEqualTo(said);
        assertThat(both.get(1).eventId()).isNotEqualTo(both.get(0).eventId());
    }

    @Test
    void every_kind_of_message_has_the_content_the_platform_gives_it() throws Exception {
        for (var kind : Talk.KINDS) {
            var what = Json.object().put("kind", kind).put("text", "甲\n乙");
            if (kind.equals("raw")) what.set("with", raw());
            tenant.say(Feishu.WEBHOOK, what);
        }

        var got = until(() -> hub.got, all -> all.size() == Talk.KINDS.size());
        var types = new HashSet<String>();
        for (var one : got) {
            var message = one.event().path("event").path("message");
            types.add(message.path("message_type").asText());
            assertThat(Trees.object(message.path("content").asText())).isPresent();
        }
        assertThat(types)
                .containsExactlyInAnyOrder(
                        "text",
                        "post",
                        "image",
                        "audio",
                        "media",
                        "file",
                        "sticker",
                        "location",
                        "share_user",
                        "merge_forward",
                        "hongbao");
    }

    @Test
    void reading_recalling_reacting_entering_and_the_bots_comings_and_goings_are_told() throws Exception {
        var said = tenant.say(Feishu.WEBHOOK, "在吗");
        tenant.signedIn().send(tenant.chat(said), "在的", "a-1");
        for (var act : List.of("enter", "read", "recall")) tenant.act(Feishu.WEBHOOK, act, Json.object());
        for (var act : List.of("bot-joins", "bot-leaves")) {
            tenant.act(Feishu.WEBHOOK, act, Json.object().put("group", "售后群"));
        }
        tenant.act(Feishu.WEBHOOK, "react", Json.object().put("emoji", "THUMBSUP"));
        tenant.act(Feishu.WEBHOOK, "unreact", Json.object().put("emoji", "THUMBSUP"));
        tenant.act(Feishu.WEBHOOK, "unknown", Json.object().put("event", "im.something_v9"));

        var got = until(() -> hub.got, all -> all.size() == 9);
        assertThat(got.stream()
                        .map(one ->
                                one.event().path("header").path("event_type").asText()))
                .containsExactlyInAnyOrder(
                        "im.message.receive_v1",
                        "im.chat.access_event.bot_p2p_chat_entered_v1",
                        "im.message.message_read_v1",
                        "im.message.recalled_v1",
                        "im.chat.member.bot.added_v1",
                        "im.chat.member.bot.deleted_v1",
                        "im.message.reaction.created_v1",
                        "im.message.reaction.deleted_v1",
                        "im.something_v9");
    }

    @Test
    void a_button_is_told_and_the_answer_is_a_word_and_a_new_card_at_once() throws Exception {
        var card = sendCard();
        hub.answers(
                200,
                "{\"toast\":{\"type\":\"success\",\"content\":\"已收到\"},"
                        + "\"card\":{\"type\":\"raw\",\"data\":{\"elements\":[{\"tag\":\"markdown\",\"content\":\"谢谢\"}]}}}");

        var pressed = tenant.act(
                Feishu.WEBHOOK, "press", Json.object().put("message", card).put("button", "b0"));

        assertThat(pressed.path("answered").asBoolean()).isTrue();
        var event = hub.got.getLast().event();
        assertThat(event.path("header").path("event_type").asText()).isEqualTo("card.action.trigger");
        assertThat(event.path("event").path("action").path("value").path("rate").asInt())
                .isEqualTo(5);
        assertThat(event.path("event").path("context").path("open_message_id").asText())
                .isEqualTo(card);
        assertThat(tenant.shown(card).path("card").path("text").asText()).isEqualTo("谢谢");
        assertThat(tenant.remote.get("/sim/messages").findValuesAsText("text")).contains("[success] 已收到");
    }

    @Test
    void a_card_may_be_changed_later_twice_within_half_an_hour() throws Exception {
        var card = sendCard();
        tenant.act(Feishu.WEBHOOK, "press", Json.object().put("message", card).put("button", "b0"));
        var token = hub.got.getLast().event().path("event").path("token").asText();

        assertThat(later(token, "一").code()).isZero();
        assertThat(later(token, "二").code()).isZero();
        assertThat(later(token, "三").code()).isEqualTo(230001);
        assertThat(tenant.shown(card).path("card").path("text").asText()).isEqualTo("二");
    }

    @Test
    void a_button_that_is_not_answered_says_so_and_is_not_told_again() throws Exception {
        var card = sendCard();
        hub.answers(500, "");
        var before = hub.got.size();

        var pressed = tenant.act(
                Feishu.WEBHOOK, "press", Json.object().put("message", card).put("button", "b0"));
        tenant.forward("PT1H");

        assertThat(pressed.path("answered").asBoolean()).isFalse();
        assertThat(hub.got).hasSize(before + 1);
        assertThat(tenant.remote.get("/sim/messages").findValuesAsText("text").toString())
                .contains("200340");
    }

    private String sendCard() throws IOException, InterruptedException {
        var said = tenant.say(Feishu.WEBHOOK, "在吗");
        until(this::attempts, count -> count == 1);
        var card = Json.object();
        var button = card.putArray("elements")
                .addObject()
                .put("tag", "action")
                .putArray("actions")
                .addObject();
        button.put("tag", "button").putObject("text").put("content", "满意");
        button.putObject("value").put("rate", 5);
        return tenant.signedIn()
                .send(tenant.chat(said), "interactive", card, "")
                .data()
                .path("message_id")
                .asText();
    }

    private Tenant.Called later(String token, String text) throws IOException, InterruptedException {
        var body = Json.object().put("token", token);
        body.putObject("card")
                .putArray("elements")
                .addObject()
                .put("tag", "markdown")
                .put("content", text);
        return tenant.call("POST", "/interactive/v1/card/update", body.toString());
    }

    private PostedTo.Got under(String fault) throws IOException, InterruptedException {
        var before = hub.got.size();
        tenant.fault(fault, 1);
        tenant.say(Feishu.WEBHOOK, "一");
        return until(() -> hub.got, all -> all.size() > before).getLast();
    }

    private static ObjectNode raw() {
        var with = Json.object().put("type", "hongbao");
        with.putObject("content").put("text", "恭喜发财");
        return with;
    }

    /** Attempts that are over and written down. */
    private int attempts() {
        return Math.toIntExact(tenant.simulator.scene().journal.after(0).stream()
                .filter(entry -> entry.way() == Journal.Way.CALLBACK)
                .count());
    }

    private long repeatsToCome() {
        return tenant.simulator.scene().journal.after(0).stream()
                .filter(entry -> entry.what().startsWith("again in "))
                .count();
    }

    private boolean givenUp() {
        return tenant.simulator.scene().journal.after(0).stream()
                .anyMatch(entry -> entry.what().contains("given up"));
    }

    private List<String> texts(int from, int to) {
        return hub.got.subList(from, to).stream().map(PostedTo.Got::text).toList();
    }

    private static String messageId(PostedTo.Got got) {
        return got.event().path("event").path("message").path("message_id").asText();
    }
}
