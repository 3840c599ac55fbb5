package io.kefuhub.channel.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.PlayedWecom;
import io.kefuhub.channel.wecom.PlayedWecom.Reaction;
import io.kefuhub.channel.wecom.Rig;
import io.kefuhub.channel.wecom.Sealing;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KfDeliveryTest {
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000");
    private static final String SEND = "/cgi-bin/kf/send_msg";
    private static final String TRANS = "/cgi-bin/kf/service_state/trans";
    private static final String THREAD = "wk1/wm1";

    private final Rig rig = new Rig();
    private final PlayedWecom wecom = rig.wecom;
    private final Channel channel = channel(Map.of());

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

    private Delivered say(String text) {
        return channel.deliver(Rig.reply(THREAD, Rig.text(text)));
    }

    private void hears(Channel by, String id) {
        wecom.item("wk1", KfItems.text(id, "t", rig.now()));
        by.pull("wk1", "n||c" + (Integer.parseInt(id) - 1)).messages().forEach(rig.hub.inbox()::accept);
    }

    // The window

    @Test
    void five_messages_may_follow_what_the_customer_wrote_and_the_sixth_is_refused_before_it_is_sent() {
        hears(channel, "1");
        for (var i = 0; i < 5; i++) assertThat(say("answer " + i)).isInstanceOf(Delivered.Done.class);

        assertThat(say("one too many")).isInstanceOfSatisfying(Delivered.Undeliverable.class, never -> {
            assertThat(never.reason()).asString().contains("0 of 5 are left");
            assertThat(never.reason().in(Language.ZH_CN)).contains("上限 5 条");
        });
        assertThat(wecom.seen(SEND)).hasSize(5);

        rig.clock().move(Duration.ofSeconds(1));
        hears(channel, "2");
        assertThat(say("again")).isInstanceOf(Delivered.Done.class);
    }

    @Test
    void after_48_hours_nothing_is_sent() {
        hears(channel, "1");
        rig.clock().move(Duration.ofHours(48));
        assertThat(say("in time")).isInstanceOf(Delivered.Done.class);

        rig.clock().move(Duration.ofSeconds(1));

        assertThat(say("too late")).isInstanceOfSatisfying(Delivered.Undeliverable.class, never -> {
            assertThat(never.reason()).asString().contains("48 hours");
            assertThat(never.reason().in(Language.ZH_CN)).contains("48 小时");
        });
        assertThat(wecom.seen(SEND)).hasSize(1);
    }

    @Test
    void a_reply_that_would_only_fit_in_part_is_not_begun() {
        hears(channel, "1");
        for (var i = 0; i < 3; i++) say("answer " + i);

        var long3 = channel.deliver(Rig.reply(THREAD, Rig.text("汉".repeat(1_700))));

        assertThat(long3)
                .isInstanceOfSatisfying(
                        Delivered.Undeliverable.class,
                        never -> assertThat(never.reason()).asString().contains("takes 3 WeChat messages and 2 of 5"));
        assertThat(wecom.seen(SEND)).hasSize(3);
    }

    @Test
    void the_count_outlives_a_restart() {
        hears(channel, "1");
        for (var i = 0; i < 5; i++) say("answer " + i);

        var next = channel(Map.of());

        assertThat(next.deliver(Rig.reply(THREAD, Rig.text("x")))).isInstanceOf(Delivered.Undeliverable.class);
    }

    // How it is sent

    @Test
    void neighbouring_texts_are_one_message() {
        channel.deliver(Rig.reply(THREAD, Rig.text("one"), Rig.text("two")));

        assertThat(wecom.shown("wm1")).containsExactly("one\ntwo");
        var sent = wecom.seen(SEND).getFirst().json();
        assertThat(sent.text("open_kfid", "")).isEqualTo("wk1");
        assertThat(sent.text("msgid", "")).matches("[0-9a-zA-Z_-]{1,32}");
    }

    @Test
    void letters_beyond_ascii_travel_as_they_are() {
        say("您好 👩");

        assertThat(wecom.seen(SEND).getFirst().body()).contains("您好 👩").doesNotContain("\\u");
    }

    @Test
    void a_menu_is_one_to_tap() {
        var menu = new Part.Menu("要查什么？", List.of(new Part.Menu.Option("1", "订单"), new Part.Menu.Option("2", "退货")));

        channel.deliver(Rig.reply(THREAD, menu));

        var sent = wecom.seen(SEND).getFirst().json().object("msgmenu").orElseThrow();
        assertThat(sent.text("head_content", "")).isEqualTo("要查什么？");
        assertThat(sent.objects("list"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.text("type", "")).isEqualTo("click"));
    }

    @Test
    void a_file_is_uploaded_and_sent_and_anew_when_the_platform_forgot_it() {
        var file = rig.hub.files().put("a.png", "image/png", PNG);
        wecom.next(SEND, Reaction.UNKNOWN_FILE);

        var outcome = channel.deliver(Rig.reply(THREAD, Part.Media.of(file)));

        assertThat(outcome).isInstanceOf(Delivered.Done.class);
        assertThat(wecom.shown("wm1")).containsExactly("image up-2");
    }

    @Test
    void a_reply_of_several_messages_goes_on_where_it_stopped() {
        var file = rig.hub.files().put("a.png", "image/png", PNG);
        var reply = Rig.reply(THREAD, Rig.text("look"), Part.Media.of(file), Rig.text("there"));
        wecom.scripted(SEND, "{\"errcode\":0,\"msgid\":\"x\"}", "{\"errcode\":-1,\"errmsg\":\"busy\"}");

        assertThat(channel.deliver(reply)).isInstanceOf(Delivered.RetryLater.class);
        assertThat(channel.deliver(Rig.again(reply))).isInstanceOf(Delivered.Done.class);

        assertThat(wecom.shown("wm1")).containsExactly("image up-1", "there");
        assertThat(wecom.seen(SEND)).hasSize(4);
    }

    @Test
    void a_busy_platform_is_asked_again_and_then_has_it() {
        var reply = Rig.reply(THREAD, Rig.text("hello"));
        wecom.next(SEND, Reaction.BUSY, Reaction.BUSY);

        assertThat(channel.deliver(reply)).isInstanceOf(Delivered.RetryLater.class);
        assertThat(channel.deliver(Rig.again(reply))).isInstanceOf(Delivered.RetryLater.class);
        assertThat(channel.deliver(Rig.again(reply))).isInstanceOf(Delivered.Done.class);

        assertThat(wecom.shown("wm1")).containsExactly("hello");
    }

    @Test
    void a_reply_whose_answer_was_cut_off_is_repeated_with_the_same_id_and_shown_once() {
        var reply = Rig.reply(THREAD, Rig.text("once"));
        wecom.next(SEND, Reaction.CUT_OFF);

        assertThat(channel.deliver(reply))
                .isInstanceOfSatisfying(
                        Delivered.Unknown.class,
                        unknown -> assertThat(unknown.safeToRepeat()).isTrue());
        assertThat(channel.deliver(Rig.again(reply))).isInstanceOf(Delivered.Done.class);

        assertThat(wecom.shown("wm1")).containsExactly("once");
        assertThat(wecom.seen(SEND).get(0).json().text("msgid"))
                .isEqualTo(wecom.seen(SEND).get(1).json().text("msgid"));
    }

    @Test
    void an_id_that_is_taken_means_no_arrival_where_nothing_was_in_doubt() {
        wecom.scripted(SEND, "{\"errcode\":40058,\"errmsg\":\"invalid request parameter\"}");

        assertThat(say("x")).isInstanceOf(Delivered.Undeliverable.class);
    }

    @Test
    void what_an_admin_has_to_mend_waits() {
        wecom.next(SEND, Reaction.UNTRUSTED);

        assertThat(say("x"))
                .isInstanceOfSatisfying(
                        Delivered.Misconfigured.class,
                        wrong -> assertThat(wrong.reason()).asString().contains("203.0.113.7"));
    }

    // Sessions

    @Test
    void a_new_session_is_taken_once() {
        hears(channel, "1");
        Rig.until(() -> wecom.state("wk1", "wm1") == 1);

        hears(channel, "2");

        assertThat(wecom.seen(TRANS)).hasSize(1);
    }

    @Test
    void sessions_are_left_alone_where_the_admin_wants_that() {
        hears(channel(Map.of("claim-sessions", "false")), "1");

        Rig.until(() -> rig.hub.tasks().underWay() == 0);
        assertThat(wecom.seen("/cgi-bin/kf/service_state/get")).isEmpty();
    }

    @Test
    void a_session_that_is_not_ours_for_a_moment_is_taken_again_and_the_reply_sent() {
        wecom.next(SEND, Reaction.NOT_OURS);

        assertThat(say("hello")).isInstanceOf(Delivered.Done.class);

        assertThat(wecom.shown("wm1")).containsExactly("hello");
        assertThat(wecom.state("wk1", "wm1")).isEqualTo(1);
    }

    @Test
    void where_somebody_in_wecom_serves_the_reply_fails_and_says_so() {
        wecom.state("wk1", "wm1", 3);

        assertThat(say("hello")).isInstanceOfSatisfying(Delivered.Undeliverable.class, never -> {
            assertThat(never.reason()).asString().contains("somebody in the WeCom client serves");
            assertThat(never.reason().in(Language.ZH_CN)).contains("企业微信接待人员");
        });
        assertThat(wecom.seen(SEND)).hasSize(1);
    }

    @Test
    void where_the_session_has_ended_the_reply_fails_and_says_so() {
        wecom.state("wk1", "wm1", 4);

        assertThat(say("hello"))
                .isInstanceOfSatisfying(
                        Delivered.Undeliverable.class,
                        never -> assertThat(never.reason()).asString().contains("the session has ended"));
    }

    // The settings

    @Test
    void the_wrong_field_is_named() {
        assertThat(channel.check()).isEqualTo(new CheckResult.Fine());
        assertProblem(channel(Map.of("open-kfids", "wk1\nwk9")), "open-kfids", "wk9");

        forgetToken();
        wecom.next("/cgi-bin/gettoken", Reaction.BAD_SECRET);
        assertProblem(channel(Map.of()), "secret", "the secret is wrong");
        wecom.next("/cgi-bin/gettoken", Reaction.BAD_CORP);
        assertProblem(channel(Map.of()), "corp-id", "the corp id is wrong");
        wecom.next("/cgi-bin/gettoken", Reaction.UNTRUSTED);
        assertProblem(channel(Map.of()), "secret", "203.0.113.7");
        wecom.next("/cgi-bin/gettoken", Reaction.HTML);
        assertProblem(channel(Map.of()), "address", "cannot be reached");
    }

    private void forgetToken() {
        rig.hub.store().remove("token");
    }

    private static void assertProblem(Channel channel, String setting, String words) {
        assertThat(channel.check()).isInstanceOfSatisfying(CheckResult.Wrong.class, wrong -> {
            assertThat(wrong.problems().getFirst().setting()).isEqualTo(setting);
            assertThat(wrong.problems().getFirst().text())
                    .asString()
                    .contains(words)
                    .doesNotContain("s3cret-2026");
        });
    }
}
