package io.kefuhub.channel.wecom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Author;
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

class AppChannelTest {
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000");
    private static final String SEND = "/cgi-bin/message/send";
    private static final String UPDATE = "/cgi-bin/message/update_template_card";

    /** What is not about waiting does not fail by it on a machine that is held up. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Rig rig = new Rig();
    private final PlayedWecom wecom = rig.wecom;
    private Channel channel = channel(Map.of());

    @AfterEach
    void close() {
        rig.close();
    }

    private Channel channel(Map<String, String> more) {
        return channel(more, LONG);
    }

    private Channel channel(Map<String, String> more, Duration answer) {
        var values = new HashMap<>(Sealing.values(wecom.address()));
        values.put("agent-id", "1000002");
        values.putAll(more);
        var patience = new AppChannel.Patience(answer, Duration.ofMillis(1));
        return new AppChannel(AppSettings.of(Settings.of(values)), rig.context, patience);
    }

    private Receipt call(String inner) {
        return channel.receive(Sealing.call(inner, rig.now()).call());
    }

    private Incoming heard(String inner) {
        assertThat(call(inner)).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) call(inner)).messages().getFirst();
    }

    // What comes in

    @Test
    void every_kind_of_message_is_brought() {
        wecom.file("pic", "attachment; filename=\"a.png\"", "image/png", PNG);

        assertThat(heard(AppMessages.text("7283645019283746501", "你好", rig.now())))
                .satisfies(message -> {
                    assertThat(message.externalId()).isEqualTo("7283645019283746501");
                    assertThat(message.thread()).isEqualTo("zhangsan");
                    assertThat(message.contact().verified()).isTrue();
                    assertThat(message.at()).isEqualTo(rig.now());
                    assertThat(message.parts()).containsExactly(new Part.Text("你好"));
                });
        assertThat(first("image", "<MediaId>pic</MediaId>")).isInstanceOf(Part.Media.class);
        assertThat(first("voice", "<MediaId>gone</MediaId>")).isEqualTo(new Part.Unsupported("voice"));
        assertThat(first("video", "")).isEqualTo(new Part.Unsupported("video"));
        assertThat(first("location", "<Location_X>22.5</Location_X><Location_Y>114</Location_Y><Label>深圳</Label>"))
                .isEqualTo(new Part.Text("📍 深圳 (22.5, 114)"));
        assertThat(first("link", "<Title>T</Title><Description>D</Description><Url>https://example.com</Url>"))
                .isEqualTo(new Part.Text("T\nD\nhttps://example.com"));
    }

    private Part first(String type, String more) {
        return heard(AppMessages.message(type + "1", type, more, rig.now()))
                .parts()
                .getFirst();
    }

    @Test
    void events_of_no_interest_or_never_heard_of_are_answered_200() {
        for (var event : List.of(
                "subscribe", "unsubscribe", "enter_agent", "view", "LOCATION", "batch_job_result", "hologram")) {
            assertThat(call(AppMessages.event(event, "<EventKey></EventKey>", rig.now())))
                    .isInstanceOfSatisfying(
                            Receipt.Answered.class,
                            answered -> assertThat(answered.reply().status()).isEqualTo(200));
        }
        assertThat(call("<xml><MsgType>text</MsgType><Content>from nobody</Content></xml>"))
                .isInstanceOf(Receipt.Answered.class);
    }

    @Test
    void a_menu_button_says_its_key() {
        var message = heard(AppMessages.event("click", "<EventKey>转人工</EventKey>", rig.now()));

        assertThat(message.parts()).containsExactly(new Part.Text("转人工"));
        assertThat(message.externalId()).contains("zhangsan", "转人工");
    }

    @Test
    void a_button_of_a_card_says_what_it_reads_and_the_card_shows_it() {
        var message = heard(AppMessages.event(
                "template_card_event",
                "<EventKey>退货</EventKey><TaskId>t1</TaskId><ResponseCode>rc1</ResponseCode>",
                rig.now()));

        assertThat(message.parts()).containsExactly(new Part.Text("退货"));
        Rig.until(() -> !wecom.seen(UPDATE).isEmpty());
        var update = wecom.seen(UPDATE).getFirst().json();
        assertThat(update.text("response_code", "")).isEqualTo("rc1");
        assertThat(update.list("userids")).containsExactly("zhangsan");
        assertThat(update.object("button").orElseThrow().text("replace_name", ""))
                .isEqualTo("退货");
    }

    @Test
    void a_member_is_called_by_the_name_the_platform_tells() {
        var message = heard(AppMessages.text("1", "hi", rig.now()));
        rig.hub.inbox().accept(message);

        Rig.until(() -> rig.hub.conversations().contact("zhangsan").isPresent()
                && rig.hub.conversations().contact("zhangsan").get().name().equals("张三"));
        assertThat(wecom.seen("/cgi-bin/user/get")).hasSize(1);
    }

    @Test
    void a_slow_file_keeps_the_platform_waiting_no_longer_than_it_waits_and_is_not_lost_with_the_hub() {
        var go = new CountDownLatch(1);
        wecom.file("slow", new PlayedWecom.Media("attachment; filename=\"a.png\"", "image/png", () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new ByteArrayInputStream(PNG);
        }));
        var inner = AppMessages.message("5", "image", "<MediaId>slow</MediaId>", rig.now());
        channel.close();
        channel = channel(Map.of(), Duration.ofMillis(300));

        assertThat(call(inner)).isInstanceOf(Receipt.Answered.class);
        assertThat(call(inner)).as("a repeat").isInstanceOf(Receipt.Answered.class);
        assertThat(rig.hub.conversations().incoming()).isEmpty();

        channel.close();
        channel = channel(Map.of());
        channel.listen();
        go.countDown();

        Rig.until(() -> !rig.hub.conversations().incoming().isEmpty());
        Rig.until(() ->
                rig.hub.store().contents().getOrDefault("late-files", "[]").equals("[]"));
        assertThat(rig.hub.conversations().incoming()).singleElement().satisfies(message -> {
            assertThat(message.externalId()).isEqualTo("5");
            assertThat(message.parts().getFirst()).isInstanceOf(Part.Media.class);
        });
    }

    @Test
    void a_message_whose_file_is_slow_is_not_taken_while_the_hub_cannot_note_it() {
        wecom.next("/cgi-bin/media/get", Reaction.BAD_GATEWAY);
        rig.hub.store().away(true);

        assertThatThrownBy(() -> call(AppMessages.message("5", "image", "<MediaId>m</MediaId>", rig.now())))
                .isInstanceOf(UnavailableException.class);
    }

    // What goes out

    private Delivered say(Part... parts) {
        return channel.deliver(Rig.reply("zhangsan", parts));
    }

    @Test
    void a_text_goes_to_the_member_with_the_agent_id_as_a_number() {
        assertThat(say(Rig.text("您的订单已发货"))).isEqualTo(new Delivered.Done("a1"));

        var sent = wecom.seen(SEND).getFirst();
        assertThat(sent.body())
                .contains("\"agentid\":1000002", "您的订单已发货")
                .doesNotContain("\\u", "enable_duplicate_check");
        assertThat(sent.json().text("touser", "")).isEqualTo("zhangsan");
    }

    @Test
    void an_answer_goes_in_three_messages_at_most_while_it_is_made() {
        assertThat(channel.abilities().streaming()).isEqualTo(new Abilities.Streaming.Chunks(3));

        for (var text : List.of("一。", "二。", "三。")) {
            var one = Rig.reply("zhangsan", Rig.text(text));
            assertThat(channel.deliver(one)).isInstanceOf(Delivered.Done.class);
            // As after a crash: what is known to be there is not sent again.
            assertThat(channel.deliver(Rig.again(one))).isInstanceOf(Delivered.Done.class);
        }

        assertThat(wecom.shown("zhangsan")).containsExactly("一。", "二。", "三。");
    }

    @Test
    void a_long_text_is_sent_in_pieces_that_fit() {
        say(Rig.text("订单已经发货，正在路上。".repeat(100)));

        assertThat(String.join("", wecom.shown("zhangsan"))).isEqualTo("订单已经发货，正在路上。".repeat(100));
        assertThat(wecom.shown("zhangsan")).hasSize(2);
    }

    @Test
    void the_bots_answers_are_markdown_where_the_admin_wants_that_and_a_persons_are_not() {
        channel = channel(Map.of("format", "markdown"));

        say(Rig.text("**bold**"));
        var agents = Rig.reply("zhangsan", Rig.text("**not**"));
        channel.deliver(new Delivery(
                agents.id(), agents.thread(), "", new Author.Agent("Li"), agents.parts(), 1, agents.lastHeard()));

        assertThat(wecom.seen(SEND))
                .extracting(call -> call.json().text("msgtype", ""))
                .containsExactly("markdown", "text");
    }

    @Test
    void a_small_menu_is_a_card_with_buttons_and_a_large_one_is_lines() {
        var small = new Part.Menu("要查什么？", List.of(new Part.Menu.Option("1", "订单"), new Part.Menu.Option("2", "退货")));
        var options = IntStream.range(0, 9)
                .mapToObj(i -> new Part.Menu.Option("o" + i, "选项" + i))
                .toList();

        say(small);
        say(new Part.Menu("很多", options));

        var card = wecom.seen(SEND).getFirst().json().object("template_card").orElseThrow();
        assertThat(card.text("card_type", "")).isEqualTo("button_interaction");
        assertThat(card.objects("button_list"))
                .extracting(button -> button.text("key", ""))
                .containsExactly("订单", "退货");
        assertThat(card.text("task_id", "")).isNotEmpty();
        assertThat(wecom.shown("zhangsan").getLast()).startsWith("很多\n1. 选项0\n").endsWith("9. 选项8");
    }

    @Test
    void a_picture_is_uploaded_and_sent() {
        var file = rig.hub.files().put("a.png", "image/png", PNG);

        assertThat(say(Part.Media.of(file))).isInstanceOf(Delivered.Done.class);

        assertThat(wecom.shown("zhangsan")).containsExactly("image up-1");
    }

    @Test
    void a_member_whom_the_platform_calls_invalid_got_nothing_though_it_calls_that_well_done() {
        wecom.invalidUser("zhangsan");

        assertThat(say(Rig.text("x"))).isInstanceOfSatisfying(Delivered.Undeliverable.class, never -> {
            assertThat(never.reason()).asString().contains("does not exist");
            assertThat(never.reason().in(Language.ZH_CN)).contains("不存在");
        });
    }

    @Test
    void a_repeat_is_checked_against_doubles_only_where_the_first_may_have_arrived() {
        var reply = Rig.reply("zhangsan", Rig.text("好的"));
        wecom.next(SEND, Reaction.BUSY, Reaction.CUT_OFF);

        assertThat(channel.deliver(reply)).isInstanceOf(Delivered.RetryLater.class);
        assertThat(channel.deliver(Rig.again(reply))).isInstanceOf(Delivered.Unknown.class);
        assertThat(channel.deliver(Rig.again(Rig.again(reply)))).isInstanceOf(Delivered.Done.class);
        assertThat(say(Rig.text("好的"))).isInstanceOf(Delivered.Done.class);

        assertThat(wecom.shown("zhangsan")).as("once, and once more as meant").hasSize(2);
        assertThat(wecom.seen(SEND))
                .extracting(call -> call.json().number("enable_duplicate_check", 0))
                .containsExactly(0L, 0L, 1L, 0L);
    }

    @Test
    void what_is_above_the_limit_of_a_minute_waits_and_is_not_dropped() {
        for (var i = 0; i < Pace.A_MINUTE; i++)
            assertThat(say(Rig.text("m" + i))).isInstanceOf(Delivered.Done.class);

        assertThat(say(Rig.text("more"))).isInstanceOf(Delivered.RetryLater.class);
        assertThat(channel.deliver(Rig.reply("lisi", Rig.text("x")))).isInstanceOf(Delivered.Done.class);
        rig.clock().move(Duration.ofSeconds(60));

        assertThat(say(Rig.text("more"))).isInstanceOf(Delivered.Done.class);
    }

    // The settings

    @Test
    void the_wrong_field_is_named() {
        assertThat(channel.check()).isEqualTo(new CheckResult.Fine());
        wecom.next("/cgi-bin/agent/get", Reaction.BAD_AGENT);
        assertProblem("agent-id");
        wecom.next("/cgi-bin/agent/get", Reaction.UNTRUSTED);
        assertProblem("secret");
        rig.hub.store().remove("token");
        channel = channel(Map.of());
        wecom.next("/cgi-bin/gettoken", Reaction.BAD_CORP, Reaction.BAD_SECRET, Reaction.HTML);
        assertProblem("corp-id");
        assertProblem("secret");
        assertProblem("address");
    }

    private void assertProblem(String setting) {
        assertThat(channel.check())
                .isInstanceOfSatisfying(
                        CheckResult.Wrong.class,
                        wrong -> assertThat(wrong.problems().getFirst().setting())
                                .isEqualTo(setting));
    }

    @Test
    void an_app_without_a_secret_yet_is_verified_and_takes_messages() {
        channel = channel(Map.of("secret", ""));

        assertThat(channel.check()).isEqualTo(new CheckResult.Fine());
        var verification = Sealing.verification(Sealing.CORP, "echo", rig.now());
        assertThat(channel.receive(verification.call())).isInstanceOf(Receipt.Answered.class);
        assertThat(call(AppMessages.text("1", "hi", rig.now()))).isInstanceOf(Receipt.Accepted.class);
        assertThat(say(Rig.text("x")))
                .isInstanceOfSatisfying(
                        Delivered.Misconfigured.class,
                        wrong -> assertThat(wrong.setting()).isEqualTo("secret"));
        assertThat(wecom.seen("/cgi-bin/gettoken")).isEmpty();
    }

    @Test
    void a_platform_that_knows_no_question_about_apps_says_nothing_against_the_settings() {
        wecom.next("/cgi-bin/agent/get", Reaction.HTML);

        assertThat(channel.check()).isEqualTo(new CheckResult.Fine());
    }
}
