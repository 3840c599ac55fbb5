package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.PlayedPlatform.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendingTest {
    private static final String MESSAGES = "/open-apis/im/v1/messages";

    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);
    private final Channel channel = wired.byWebhook();

    SendingTest() throws IOException {}

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    // What is sent

    @Test
    void words_go_to_the_chat_with_the_replys_id_against_doubles() {
        assertThat(deliver("d1", Told.CHAT, text("您好"))).isEqualTo(new Delivered.Done(platform.last()));

        var call = platform.calls("POST", MESSAGES).getFirst();
        assertThat(call.path()).isEqualTo(MESSAGES + "?receive_id_type=chat_id");
        assertThat(call.body().text("receive_id")).contains(Told.CHAT);
        assertThat(call.body().text("msg_type")).contains("text");
        assertThat(call.body().text("content")).contains("{\"text\":\"您好\"}");
        assertThat(call.body().text("uuid")).contains("d1-0");
    }

    @Test
    void words_that_could_be_markup_go_as_a_post_in_which_nothing_is() {
        deliver("d1", Told.CHAT, text("<at user_id=\"all\">所有人</at>\n[x](https://a.example)"));

        var message = messages().getFirst();
        assertThat(message.type()).isEqualTo("post");
        assertThat(platform.shown(Told.CHAT)).containsExactly("<at user_id=\"all\">所有人</at>\n[x](https://a.example)");
    }

    @Test
    void words_and_pictures_of_one_reply_are_one_post() {
        var picture = new Part.Media(Part.Media.Kind.IMAGE, wired.fake.files().put("a.png", "image/png", new byte[10]));

        deliver("d1", Told.CHAT, text("看"), picture, text("这里"));

        assertThat(platform.shown(Told.CHAT))
                .singleElement()
                .asString()
                .startsWith("看\n[img_")
                .endsWith("]\n这里");
    }

    @Test
    void a_long_text_is_divided_at_its_lines() {
        var text = "一行字\n".repeat(5_000).strip();

        deliver("d1", Told.CHAT, text(text));

        var shown = platform.shown(Told.CHAT);
        assertThat(shown)
                .hasSizeGreaterThan(1)
                .allSatisfy(one -> assertThat(one.length()).isLessThanOrEqualTo(8_001));
        assertThat(String.join("", shown)).isEqualTo(text);
    }

    @Test
    void files_are_uploaded_and_sent_as_what_they_are_and_uploaded_once() {
        var film = wired.fake.files().put("a.mp4", "video/mp4", "film".getBytes(StandardCharsets.UTF_8));
        var voice = wired.fake.files().put("a.ogg", "audio/ogg", "voice".getBytes(StandardCharsets.UTF_8));
        var paper = wired.fake.files().put("合同.pdf", "application/pdf", "%PDF-".getBytes(StandardCharsets.UTF_8));

        deliver("d1", Told.CHAT, Part.Media.of(film), Part.Media.of(voice), Part.Media.of(paper));
        deliver("d2", Told.CHAT, Part.Media.of(paper));

        assertThat(messages()).extracting(Message::type).containsExactly("media", "audio", "file", "file");
        var uploads = platform.calls("POST", "/open-apis/im/v1/files");
        assertThat(uploads).hasSize(3);
        assertThat(uploads.get(1).text()).contains("opus").contains("voice");
        assertThat(uploads.get(2).text().indexOf("file_type"))
                .isLessThan(uploads.get(2).text().indexOf("%PDF-"));
    }

    @Test
    void a_file_that_the_platform_does_not_take_or_the_hub_has_not_is_told() {
        var large = new StoredFile("f_x", "large.zip", "application/zip", 31L << 20);
        var gone = new StoredFile("f_y", "a.pdf", "application/pdf", 10);

        assertThat(deliver("d1", Told.CHAT, Part.Media.of(large)))
                .isInstanceOfSatisfying(
                        Delivered.Undeliverable.class,
                        why -> assertThat(why.reason()).asString().contains("30 MB"));
        assertThat(deliver("d2", Told.CHAT, Part.Media.of(gone))).isInstanceOf(Delivered.Undeliverable.class);
        assertThat(platform.calls("POST", "/open-apis/im/v1/files")).isEmpty();
    }

    // Where

    @Test
    void in_a_group_it_stands_below_what_it_answers() {
        deliver("d1", Told.CHAT + "/" + Told.PERSON, text("您好"));

        var call = platform.calls("POST", MESSAGES).getFirst();
        assertThat(call.path()).isEqualTo(MESSAGES + "/om_asked/reply");
        assertThat(call.body().flag("reply_in_thread")).isFalse();
        assertThat(call.body().text("uuid")).contains("d1-0");
    }

    @Test
    void in_a_topic_it_stays_in_the_topic() {
        deliver("d1", Told.CHAT + "/omt_1/" + Told.PERSON, text("您好"));

        assertThat(platform.calls("POST", MESSAGES).getFirst().body().flag("reply_in_thread"))
                .isTrue();
    }

    @Test
    void what_an_agent_says_of_his_own_stands_below_the_last_question_of_a_group() {
        channel.receive(Sealed.call(
                        Told.text("om_q", "@_user_1 在吗")
                                .inGroup()
                                .mentioning("@_user_1", PlayedPlatform.BOT, "客服")
                                .json(),
                        FakeClock.START)
                .call());

        var delivery = new Delivery(
                "d1",
                Told.CHAT + "/" + Told.PERSON,
                "",
                new Author.Agent("小李"),
                List.of(text("我来")),
                1,
                FakeClock.START);
        channel.deliver(delivery);

        assertThat(platform.calls("POST", MESSAGES + "/om_q/reply")).hasSize(1);
    }

    @Test
    void where_the_question_was_taken_back_it_is_sent_to_the_chat() {
        platform.refuse("POST", MESSAGES + "/om_asked/reply", 400, 230011, "The message was withdrawn.");

        assertThat(deliver("d1", Told.CHAT + "/" + Told.PERSON, text("您好"))).isInstanceOf(Delivered.Done.class);

        assertThat(platform.shown(Told.CHAT)).containsExactly("您好");
    }

    // What fails

    @Test
    void a_card_that_is_not_taken_becomes_numbered_lines() {
        platform.refuse("POST", MESSAGES, 400, 230099, "Failed to create card content");

        deliver("d1", Told.CHAT, menu());

        assertThat(platform.shown(Told.CHAT)).containsExactly("哪一个？\n1. 退货\n2. 换货");
    }

    @Test
    void what_is_too_long_for_the_platform_is_halved() {
        platform.refuse("POST", MESSAGES, 400, 230025, "too long");
        var text = "好".repeat(1_000);

        deliver("d1", Told.CHAT, text(text));

        assertThat(platform.shown(Told.CHAT)).hasSize(2);
        assertThat(String.join("", platform.shown(Told.CHAT))).isEqualTo(text);
    }

    @Test
    void a_missing_scope_is_named_with_what_to_do_in_both_languages() {
        platform.refuse(
                "POST",
                MESSAGES,
                400,
                99991672,
                "Access denied. One of the following scopes is required: [im:message:send_as_bot, im:message]");

        assertThat(deliver("d1", Told.CHAT, text("您好")))
                .isInstanceOfSatisfying(Delivered.Misconfigured.class, wrong -> {
                    assertThat(wrong.setting()).isEqualTo("app-id");
                    assertThat(wrong.reason()).asString().contains("im:message:send_as_bot", "publish a version");
                    assertThat(wrong.reason().in(Language.ZH_CN)).contains("im:message:send_as_bot", "发布新版本");
                });
    }

    @Test
    void the_limit_of_a_chat_is_waited_out_as_long_as_the_platform_says() {
        refuseOnce(5, 7);

        assertThat(deliver("d1", Told.CHAT, text("您好"))).satisfies(later(Duration.ofSeconds(7)));
        assertThat(deliver("d2", Told.CHAT, text("您好"))).as("the same chat").isInstanceOf(Delivered.RetryLater.class);
        assertThat(deliver("d3", "oc_other", text("您好"))).as("another chat").isInstanceOf(Delivered.Done.class);
    }

    @Test
    void the_limit_of_the_app_is_waited_out_in_every_chat() {
        refuseOnce(1_000, 7);

        assertThat(deliver("d1", Told.CHAT, text("您好"))).satisfies(later(Duration.ofSeconds(7)));
        assertThat(deliver("d2", "oc_other", text("您好"))).isInstanceOf(Delivered.RetryLater.class);
        assertThat(platform.shown(Told.CHAT)).isEmpty();
    }

    private void refuseOnce(int limit, int seconds) {
        platform.refuse(
                "POST",
                MESSAGES,
                new MockResponse.Builder()
                        .code(429)
                        .addHeader("x-ogw-ratelimit-limit", limit)
                        .addHeader("x-ogw-ratelimit-reset", seconds)
                        .body("{\"code\":99991400,\"msg\":\"request trigger frequency limit\"}")
                        .build());
    }

    private static Consumer<Delivered> later(Duration pause) {
        return delivered -> assertThat(delivered)
                .isInstanceOfSatisfying(
                        Delivered.RetryLater.class,
                        later -> assertThat(later.pause()).isEqualTo(pause));
    }

    @Test
    void trouble_of_the_platform_is_waited_out_longer_and_longer() {
        for (var attempt = 1; attempt <= 3; attempt++) {
            platform.refuse("POST", MESSAGES, 500, 1663, "internal");
            var pause = Duration.ofMillis(500).multipliedBy((long) Math.pow(3, attempt - 1));
            assertThat(attempt("d1", attempt, text("您好")))
                    .isInstanceOfSatisfying(
                            Delivered.RetryLater.class,
                            later -> assertThat(later.pause()).isEqualTo(pause));
        }
        assertThat(attempt("d1", 4, text("您好"))).isInstanceOf(Delivered.Done.class);
        assertThat(platform.calls("POST", MESSAGES))
                .allSatisfy(call -> assertThat(call.body().text("uuid")).contains("d1-0"));
    }

    @Test
    void a_bot_that_was_removed_is_told_to_agents() {
        platform.refuse("POST", MESSAGES, 400, 230002, "Bot is not in the chat");

        assertThat(deliver("d1", Told.CHAT, text("您好"))).isInstanceOfSatisfying(Delivered.Undeliverable.class, why -> {
            assertThat(why.reason()).asString().contains("not in this chat");
            assertThat(why.reason().in(Language.ZH_CN)).contains("机器人已不在此会话中");
        });
    }

    @Test
    void a_repeat_goes_on_behind_what_is_there() {
        platform.refuse("POST", "/open-apis/im/v1/files", 500, 1663, "internal");
        var paper = wired.fake.files().put("a.pdf", "application/pdf", "%PDF-".getBytes(StandardCharsets.UTF_8));
        var parts = new Part[] {text("第一"), Part.Media.of(paper)};

        assertThat(attempt("d1", 1, parts)).isInstanceOf(Delivered.RetryLater.class);
        wired.fake.clock().move(Duration.ofHours(3));
        assertThat(attempt("d1", 2, parts)).isInstanceOf(Delivered.Done.class);

        assertThat(messages()).extracting(Message::type).containsExactly("text", "file");
    }

    @Test
    void what_may_have_arrived_over_an_hour_ago_is_not_sent_again() {
        platform.loseNextAnswer();
        assertThat(deliver("d1", Told.CHAT, text("一次"))).isInstanceOf(Delivered.Unknown.class);

        wired.fake.clock().move(Duration.ofHours(1));

        assertThat(deliver("d1", Told.CHAT, text("一次")))
                .isInstanceOfSatisfying(
                        Delivered.Unknown.class,
                        unknown -> assertThat(unknown.safeToRepeat()).isFalse());
        assertThat(platform.shown(Told.CHAT)).containsExactly("一次");
    }

    @Test
    void what_may_have_arrived_is_not_sent_again_even_if_the_platform_has_refused_it_since() {
        platform.loseNextAnswer();
        assertThat(deliver("d1", Told.CHAT, text("一次"))).isInstanceOf(Delivered.Unknown.class);
        platform.refuse("POST", MESSAGES, 400, 230020, "too often");
        assertThat(attempt("d1", 2, text("一次"))).isInstanceOf(Delivered.RetryLater.class);

        wired.fake.clock().move(Duration.ofHours(1));

        assertThat(attempt("d1", 3, text("一次"))).isInstanceOf(Delivered.Unknown.class);
        assertThat(platform.shown(Told.CHAT)).containsExactly("一次");
    }

    @Test
    void five_messages_a_second_and_no_more_go_to_one_chat() {
        var begun = System.nanoTime();

        for (var i = 0; i < 11; i++) deliver("d" + i, Told.CHAT, text("第 " + i + " 条"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(platform.shown(Told.CHAT)).hasSize(11);
    }

    private static Part text(String text) {
        return new Part.Text(text);
    }

    private static Part menu() {
        return new Part.Menu("哪一个？", List.of(new Part.Menu.Option("1", "退货"), new Part.Menu.Option("2", "换货")));
    }

    private List<Message> messages() {
        return platform.messages(Told.CHAT);
    }

    private Delivered deliver(String id, String thread, Part... parts) {
        return channel.deliver(
                new Delivery(id, thread, "om_asked", new Author.Bot(), List.of(parts), 1, FakeClock.START));
    }

    private Delivered attempt(String id, int attempt, Part... parts) {
        return channel.deliver(
                new Delivery(id, Told.CHAT, "om_asked", new Author.Bot(), List.of(parts), attempt, FakeClock.START));
    }
}
