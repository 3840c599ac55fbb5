package io.kefuhub.channel.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.PlayedWecom;
import io.kefuhub.channel.wecom.PlayedWecom.Reaction;
import io.kefuhub.channel.wecom.Rig;
import io.kefuhub.channel.wecom.Sealing;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KfFetchingTest {
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000");
    private static final String SYNC = "/cgi-bin/kf/sync_msg";

    private final Rig rig = new Rig();
    private final PlayedWecom wecom = rig.wecom;
    private Channel channel = channel(Map.of());

    @AfterEach
    void close() {
        rig.close();
    }

    private Channel channel(Map<String, String> more) {
        return channel(more, Duration.ofSeconds(20));
    }

    private Channel channel(Map<String, String> more, Duration files) {
        var values = new HashMap<>(Sealing.values(wecom.address()));
        values.putAll(more);
        var patience = new Fetching.Patience(files, Duration.ofMillis(1));
        return new KfChannel(KfSettings.of(Settings.of(values)), rig.context, patience);
    }

    /** As the hub does: the cursor moves on after a batch is stored. */
    private String pullAll(String from) {
        var cursor = from;
        for (var more = true; more; ) {
            var batch = channel.pull("wk1", cursor);
            batch.messages().forEach(rig.hub.inbox()::accept);
            cursor = batch.cursor();
            more = batch.more();
        }
        return cursor;
    }

    private List<String> texts() {
        return incoming().stream()
                .map(message -> ((Part.Text) message.parts().getFirst()).value())
                .toList();
    }

    private List<Incoming> incoming() {
        return rig.hub.conversations().incoming();
    }

    @Test
    void a_nudge_names_the_account_and_is_answered_at_once() {
        assertThat(channel.receive(Sealing.call(KfItems.NUDGE, rig.now()).call()))
                .isInstanceOfSatisfying(Receipt.Nudged.class, nudged -> {
                    assertThat(nudged.source()).isEqualTo("wk1");
                    assertThat(nudged.reply().status()).isEqualTo(200);
                });
        wecom.item("wk1", KfItems.text("m1", "你好", rig.now()));

        pullAll("");

        assertThat(wecom.seen(SYNC).getFirst().json().text("token", "")).startsWith("ENCApH");
        assertThat(wecom.seen(SYNC).getFirst().json().text("open_kfid", "")).isEqualTo("wk1");
    }

    @Test
    void accounts_that_are_not_served_and_other_events_are_answered_and_left_alone() {
        channel = channel(Map.of("open-kfids", "wk2"));

        assertThat(channel.receive(Sealing.call(KfItems.NUDGE, rig.now()).call()))
                .isInstanceOf(Receipt.Answered.class);
        var other = "<xml><MsgType>event</MsgType><Event>change_contact</Event></xml>";
        assertThat(channel.receive(Sealing.call(other, rig.now()).call())).isInstanceOf(Receipt.Answered.class);
    }

    @Test
    void an_empty_page_that_says_more_is_followed_and_one_that_stands_still_is_not() {
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        wecom.scripted(SYNC, "{\"errcode\":0,\"next_cursor\":\"c0\",\"has_more\":1,\"msg_list\":[]}");
        pullAll("n||before");
        assertThat(texts()).containsExactly("t1");

        wecom.scripted(SYNC, "{\"errcode\":0,\"next_cursor\":\"c9\",\"has_more\":1,\"msg_list\":[]}");
        assertThat(channel.pull("wk1", "n||c9").more()).isFalse();
    }

    @Test
    void what_waited_longer_when_the_channel_was_set_up_is_passed_over_and_never_later() {
        wecom.page(2);
        for (var i = 0; i < 5; i++) {
            wecom.item("wk1", KfItems.text("old" + i, "old", rig.now().minus(Duration.ofHours(5))));
        }
        wecom.item("wk1", KfItems.text("new", "new", rig.now().minusSeconds(60)));

        var cursor = pullAll("");
        assertThat(texts()).containsExactly("new");

        wecom.item("wk1", KfItems.text("late", "late", rig.now().minus(Duration.ofHours(5))));
        pullAll(cursor);
        assertThat(texts()).containsExactly("new", "late");
    }

    @Test
    void a_platform_that_is_away_is_asked_again_from_the_same_place() {
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        wecom.next(
                SYNC,
                Reaction.BUSY,
                Reaction.BUSY,
                Reaction.HTML,
                Reaction.BAD_GATEWAY,
                Reaction.CUT_OFF,
                Reaction.UNTRUSTED);

        pullAll("");

        assertThat(texts()).containsExactly("t1");
    }

    @Test
    void a_token_of_a_nudge_that_is_over_is_left_out() {
        channel.receive(Sealing.call(KfItems.NUDGE, rig.now()).call());
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        wecom.scripted(SYNC, "{\"errcode\":95007,\"errmsg\":\"invalid msg token\"}");

        pullAll("");

        assertThat(texts()).containsExactly("t1");
        assertThat(wecom.seen(SYNC).getLast().json().has("token")).isFalse();
    }

    @Test
    void a_nudge_is_followed_at_once_though_the_platform_was_asked_too_often_before() {
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        wecom.next(SYNC, Reaction.OVER_LIMIT);
        assertThat(channel.pull("wk1", "").messages()).isEmpty();
        assertThat(channel.pull("wk1", "").messages()).as("not asked").isEmpty();
        assertThat(wecom.seen(SYNC)).hasSize(1);

        channel.receive(Sealing.call(KfItems.NUDGE, rig.now()).call());

        assertThat(channel.pull("wk1", "").messages()).hasSize(1);
    }

    @Test
    void every_kind_of_message_is_brought() {
        wecom.file("pic", "attachment; filename=\"a.png\"", "image/png", PNG);
        var kinds = List.of(
                KfItems.item("k1", "image", Map.of("media_id", "pic"), rig.now()),
                KfItems.item("k2", "voice", Map.of("media_id", "gone"), rig.now()),
                KfItems.item(
                        "k3",
                        "location",
                        Map.of("latitude", 23.1, "longitude", 113.32, "name", "广州塔", "address", "广东省广州市"),
                        rig.now()),
                KfItems.item(
                        "k4", "link", Map.of("title", "T", "desc", "D", "url", "https://example.com/x"), rig.now()),
                KfItems.item("k5", "miniprogram", Map.of("title", "小程序", "appid", "wx1", "pagepath", "p/1"), rig.now()),
                KfItems.item("k6", "business_card", Map.of("userid", "lisi"), rig.now()),
                KfItems.item(
                        "k7",
                        "channels_shop_product",
                        Map.of("title", "茶", "sales_price", "99", "product_id", "p1"),
                        rig.now()),
                KfItems.item(
                        "k8",
                        "channels_shop_order",
                        Map.of("order_id", "o1", "product_titles", "茶", "state", "待发货"),
                        rig.now()),
                KfItems.item("k9", "text", Map.of("content", "查订单", "menu_id", "7"), rig.now()));
        kinds.forEach(item -> wecom.item("wk1", item));

        pullAll("");

        var parts =
                incoming().stream().map(message -> message.parts().getFirst()).toList();
        assertThat(parts.get(0)).isInstanceOf(Part.Media.class);
        assertThat(parts.get(1)).isEqualTo(new Part.Unsupported("voice"));
        assertThat(parts.get(2)).isEqualTo(new Part.Text("📍 广州塔, 广东省广州市 (23.1, 113.32)"));
        assertThat(parts.get(3)).isEqualTo(new Part.Text("T\nD\nhttps://example.com/x"));
        assertThat(parts.get(4)).isEqualTo(new Part.Text("小程序\nwx1 p/1"));
        assertThat(parts.get(5)).isEqualTo(new Part.Unsupported("business_card"));
        assertThat(parts.get(6)).isEqualTo(new Part.Text("茶\n99\np1"));
        assertThat(parts.get(7)).isEqualTo(new Part.Text("茶\n待发货\no1"));
        assertThat(parts.get(8)).isEqualTo(new Part.Text("查订单"));
    }

    @Test
    void a_customer_is_known_by_the_nickname_and_a_conversation_by_account_and_customer() {
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        wecom.item("wk1", KfItems.text("m2", "t2", rig.now()));

        pullAll("");

        var message = incoming().getFirst();
        assertThat(message.thread()).isEqualTo("wk1/wm1");
        assertThat(message.contact().subject()).isEqualTo("wm1");
        assertThat(message.contact().verified()).isTrue();
        assertThat(message.at()).isEqualTo(rig.now());
        Rig.until(() ->
                rig.hub.conversations().contact("wm1").orElseThrow().name().equals("微信用户 wm1"));
        assertThat(wecom.seen("/cgi-bin/kf/customer/batchget")).hasSize(1);
    }

    @Test
    void what_a_colleague_writes_in_the_wecom_client_is_stored_as_theirs_in_its_turn() {
        wecom.item("wk1", KfItems.text("m1", "where is it?", rig.now()));
        wecom.item("wk1", KfItems.byServicer("m2", "lisi", "on its way", rig.now()));
        wecom.item("wk1", KfItems.text("m3", "thanks", rig.now()));

        var first = channel.pull("wk1", "");
        assertThat(first.messages()).extracting(Incoming::externalId).containsExactly("m1");
        assertThat(rig.hub.inbox().saidByColleagues())
                .as("the question is stored first")
                .isEmpty();
        pullAll(first.cursor());

        assertThat(rig.hub.inbox().saidByColleagues()).singleElement().satisfies(said -> {
            assertThat(said.externalId()).isEqualTo("m2");
            assertThat(said.thread()).isEqualTo("wk1/wm1");
            assertThat(said.contact().subject()).isEqualTo("wm1");
            assertThat(said.colleague()).isEqualTo("lisi");
            assertThat(said.name()).isEqualTo("张三");
            assertThat(said.parts()).containsExactly(new Part.Text("on its way"));
        });
        assertThat(incoming()).extracting(Incoming::externalId).doesNotContain("m2");
    }

    @Test
    void what_a_colleague_writes_comes_again_until_it_is_stored() {
        wecom.item("wk1", KfItems.byServicer("m1", "lisi", "hello", rig.now()));
        wecom.item("wk1", KfItems.byServicer("m2", "lisi", "are you there?", rig.now()));
        rig.hub.inbox().refuseNext("the database is away", true);

        pullAll("");

        assertThat(rig.hub.inbox().saidByColleagues())
                .extracting(ByColleague::externalId)
                .containsExactly("m1", "m2");
        assertThat(wecom.seen("/cgi-bin/user/get")).as("asked once for each").hasSize(1);
    }

    @Test
    void a_session_that_ends_after_a_colleague_wrote_is_left_once_and_in_its_turn() {
        wecom.item("wk1", KfItems.byServicer("m1", "lisi", "bye", rig.now()));
        wecom.item("wk1", KfItems.event("e1", "session_status_change", Map.of("change_type", 3), rig.now()));
        rig.hub.inbox().refuseNext("the database is away", true);

        assertThat(channel.pull("wk1", "").more()).isTrue();
        assertThat(rig.hub.inbox().colleaguesLeft())
                .as("before the message is stored")
                .isEmpty();
        pullAll("");
        pullAll("");

        assertThat(rig.hub.inbox().colleaguesLeft()).containsExactly("wk1/wm1");
    }

    @Test
    void whoever_takes_a_message_back_is_heard_even_where_it_is_not_stored_yet() {
        wecom.item("wk1", KfItems.text("m1", "oops", rig.now()));
        wecom.item("wk1", KfItems.event("e1", "user_recall_msg", Map.of("recall_msgid", "m1"), rig.now()));
        wecom.item("wk1", KfItems.event("e2", "servicer_recall_msg", Map.of("recall_msgid", "m9"), rig.now()));
        rig.hub.inbox().refuseNext("the database is away", true);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> channel.pull("wk1", ""))
                .isInstanceOf(UnavailableException.class);
        pullAll("");

        assertThat(rig.hub.inbox().revisions())
                .extracting(revised -> revised.externalId() + " " + revised.isTakenBack())
                .containsExactly("m1 true", "m9 true");
        assertThat(incoming()).extracting(Incoming::externalId).containsExactly("m1");
    }

    @Test
    void whoever_enters_behind_a_long_queue_is_welcomed_before_it_is_brought() throws Exception {
        channel = channel(Map.of("welcome", "欢迎光临"));
        wecom.page(2);
        var go = new CountDownLatch(1);
        wecom.item("wk1", KfItems.item("m0", "image", Map.of("media_id", "slow"), rig.now()));
        for (var i = 1; i < 40; i++) wecom.item("wk1", KfItems.text("m" + i, "t" + i, rig.now()));
        wecom.file("slow", new PlayedWecom.Media("attachment; filename=\"a.png\"", "image/png", () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new ByteArrayInputStream(PNG);
        }));
        var stuck = channel.pull("wk1", "");
        assertThat(stuck.messages()).isEmpty();
        wecom.item("wk1", KfItems.event("e1", "enter_session", Map.of("welcome_code", "w1"), rig.now()));

        channel.receive(Sealing.call(KfItems.NUDGE, rig.now()).call());

        Rig.until(() -> !wecom.shown("w1").isEmpty());
        assertThat(incoming()).as("what waits before").isEmpty();
        go.countDown();
        pullAll(stuck.cursor());
        assertThat(incoming())
                .extracting(Incoming::externalId)
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> "m" + i).toList());
        assertThat(wecom.shown("w1")).as("once").containsExactly("欢迎光临");
    }

    @Test
    void what_was_looked_at_ahead_is_not_asked_for_again_and_nothing_is_left_out() {
        wecom.page(2);
        for (var i = 0; i < 7; i++) wecom.item("wk1", KfItems.text("m" + i, "t" + i, rig.now()));
        var first = channel.pull("wk1", "");
        first.messages().forEach(rig.hub.inbox()::accept);
        channel.receive(Sealing.call(KfItems.NUDGE, rig.now()).call());
        Rig.until(() -> wecom.seen(SYNC).size() == 4);
        wecom.item("wk1", KfItems.text("m7", "t7", rig.now()));
        wecom.item("wk1", KfItems.text("m8", "t8", rig.now()));

        var cursor = pullAll(first.cursor());
        pullAll(cursor);

        assertThat(texts())
                .isEqualTo(IntStream.range(0, 9).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void a_page_with_a_slow_file_is_brought_in_parts_across_a_restart() {
        var go = new CountDownLatch(1);
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        wecom.item("wk1", KfItems.item("m2", "image", Map.of("media_id", "slow"), rig.now()));
        wecom.item("wk1", KfItems.text("m3", "t3", rig.now()));
        wecom.file("slow", new PlayedWecom.Media("attachment; filename=\"a.png\"", "image/png", () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new ByteArrayInputStream(PNG);
        }));

        channel.close();
        channel = channel(Map.of(), Duration.ofMillis(300));
        var first = channel.pull("wk1", "");
        first.messages().forEach(rig.hub.inbox()::accept);
        var second = channel.pull("wk1", first.cursor());

        assertThat(first.messages()).extracting(Incoming::externalId).containsExactly("m1");
        assertThat(first.more()).isTrue();
        assertThat(second.messages()).isEmpty();
        assertThat(second.more()).isTrue();
        go.countDown();
        channel.close();
        channel = channel(Map.of());
        pullAll(second.cursor());
        assertThat(incoming()).extracting(Incoming::externalId).containsExactly("m1", "m2", "m3");
    }

    @Test
    void an_account_without_a_secret_yet_is_verified_and_asks_nothing() {
        channel = channel(Map.of("secret", ""));

        assertThat(channel.check()).isEqualTo(new CheckResult.Fine());
        assertThat(channel.receive(
                        Sealing.verification(Sealing.CORP, "echo", rig.now()).call()))
                .isInstanceOf(Receipt.Answered.class);
        assertThat(channel.pull("wk1", "")).isEqualTo(Pulled.nothing(""));
        assertThat(channel.deliver(Rig.reply("wk1/wm1", Rig.text("hi"))))
                .isInstanceOfSatisfying(
                        Delivered.Misconfigured.class,
                        wrong -> assertThat(wrong.setting()).isEqualTo("secret"));
        assertThat(wecom.seen("/cgi-bin/gettoken")).isEmpty();
    }

    @Test
    void what_came_while_the_hub_was_away_is_looked_for_at_the_start_and_now_and_then() {
        wecom.item("wk1", KfItems.text("m1", "t1", rig.now()));
        var cursor = pullAll("");
        channel.close();
        wecom.item("wk1", KfItems.text("m2", "t2", rig.now()));
        channel = channel(Map.of());

        channel.listen();

        assertThat(rig.hub.inbox().nudges()).containsExactly("wk1");
        pullAll(cursor);
        assertThat(texts()).containsExactly("t1", "t2");
        rig.clock().move(Duration.ofMinutes(10));
        Rig.until(() -> rig.hub.inbox().nudges().size() == 2);
    }
}
