package io.kefuhub.channel.wecom.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.wecom.Wired;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalledBotTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String ANNA = "anna";
    private static final Author BOT = new Author.Bot();
    private static final Author LI = new Author.Agent("Li");

    private final Wired wired = new Wired("bot");
    private final FakeChannelContext context = wired.hub;
    private final PlayedHost host = new PlayedHost();
    private final PlayedCaller caller = new PlayedCaller(wired.context, host);
    private CalledBot bot = open();

    private CalledBot open() {
        return open(LONG);
    }

    /** @param patience for the platform to fetch what lies ready */
    private CalledBot open(Duration patience) {
        var settings = BotSettings.of(Settings.of(Map.of(
                "mode",
                "webhook",
                "token",
                PlayedCaller.TOKEN,
                "aes-key",
                PlayedCaller.AES_KEY,
                "api-address",
                host.address(),
                "media-address",
                host.address(),
                "welcome",
                "您好，有什么可以帮您？",
                "language",
                "en")));
        return new CalledBot(
                settings,
                (BotSettings.Way.Called) settings.way(),
                wired.context,
                new CalledBot.Rhythm(patience, Duration.ofMillis(5)));
    }

    /** Another generation takes over, or the hub was started again: what is in memory is gone. */
    private void restart() {
        bot.close();
        bot = open();
    }

    @AfterEach
    void end() {
        wired.close();
        host.close();
    }

    // What comes in

    @Test
    void the_cross_checked_call_is_opened_and_brings_its_message() {
        var encrypted =
                "jRIui0vLziVzmEsun7GDqFoxpaZc4GlbCo6ohHaGWm0jwkEtEMR7uS+kpGjY7Sp3wUwL1ZkT087IwMAoC6NRpS6XDHA7Aj0SyQ1fT0ix"
                        + "AU1otbK8owZZ63XuvPP3geXUiHQyaRR3RUegJWKtra36z0/nJMr/v4XDL+x5vczSpbI+D811t8i1ogJt6XUjI8lYc+rioCba7yLbZsoTvPhZl"
                        + "qrlq0rRSkifWLyqxES095hxSxAuyuo4UJdkUdP1nIDM5EJUgHdOjoI+xf8JwJ9tNuAH0EptaHzqcfcntJCgLYY=";
        var call = Requests.post("/webhooks/bot", Json.write(Map.of("encrypt", encrypted)))
                .withQuery("msg_signature", "9e892015e05a6705e99b66bc6e7663e9e4d2d4ce")
                .withQuery("timestamp", "1767225600")
                .withQuery("nonce", "1893547216");

        var receipt = bot.receive(call.call());

        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Receipt.Accepted.class,
                        accepted -> assertThat(accepted.messages())
                                .singleElement()
                                .satisfies(message -> {
                                    assertThat(message.externalId()).isEqualTo("CAIQz7/MjQYY/NGagIOAgAMgl8jK/gI=");
                                    assertThat(message.thread()).isEqualTo("zhangsan");
                                    assertThat(message.contact().verified()).isTrue();
                                    assertThat(message.parts()).containsExactly(new Part.Text("@机器人 你好"));
                                }));
    }

    @Test
    void the_address_is_verified_with_the_plain_text_and_nothing_else() {
        var sealed = new Callbacks(PlayedCaller.TOKEN, PlayedCaller.KEY, "", context.clock()).seal("7354812903456");
        var call = Requests.get("/webhooks/bot")
                .withQuery("msg_signature", sealed.signature())
                .withQuery("timestamp", sealed.timestamp())
                .withQuery("nonce", sealed.nonce());

        var genuine = bot.receive(call.withQuery("echostr", sealed.encrypted()).call());
        var unescapedTwice = bot.receive(
                call.withQuery("echostr", sealed.encrypted().replace('+', ' ')).call());

        for (var receipt : List.of(genuine, unescapedTwice)) {
            assertThat(((Receipt.Answered) receipt).reply().body())
                    .isInstanceOfSatisfying(
                            WebReply.Body.Bytes.class,
                            bytes -> assertThat(bytes.value())
                                    .isEqualTo("7354812903456".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(bot.receive(call.call())).isInstanceOf(Receipt.Refused.class);
    }

    @Test
    void a_repeated_call_is_stored_once_and_answered_by_the_same_stream() {
        var first = says("m1", "hello");
        var again = says("m1", "hello");

        assertThat(again).isEqualTo(first);
        assertThat(context.conversations().incoming()).hasSize(1);
    }

    @Test
    void fetches_are_never_stored_and_an_unknown_one_is_answered_with_nothing() {
        var stream = says("m1", "hello");

        for (var i = 0; i < 10; i++) caller.fetch(bot, stream);

        assertThat(caller.fetch(bot, "no-such-stream")).isEqualTo(JsonObject.EMPTY);
        assertThat(context.conversations().incoming()).hasSize(1);
    }

    @Test
    void what_the_system_says_is_nobodys() {
        caller.says(bot, "m1", "sys", "hello");

        assertThat(context.conversations().incoming()).isEmpty();
    }

    @Test
    void whoever_opens_the_chat_is_welcomed_in_plain_text() {
        var answer = caller.tell(bot, caller.message("e1", ANNA, "event", Map.of("eventtype", "enter_chat")));

        assertThat(answer.text("msgtype")).contains("text");
        assertThat(answer.object("text").orElseThrow().text("content")).contains("您好，有什么可以帮您？");
        assertThat(context.conversations().incoming()).isEmpty();
    }

    @Test
    void each_person_in_a_group_has_a_thread_and_the_bots_name_is_not_part_of_what_they_say() {
        caller.tell(bot, caller.inGroup(caller.message("m1", ANNA, "text", Map.of("content", "@机器人 查订单")), "wrk1"));
        caller.tell(
                bot,
                caller.inGroup(caller.message("m2", "li", "text", Map.of("content", "@Bot\u2005hi @all")), "wrk1"));

        assertThat(context.conversations().incoming())
                .extracting(message -> message.thread() + " " + message.parts())
                .containsExactly("wrk1:anna [Text[value=查订单]]", "wrk1:li [Text[value=hi @all]]");
    }

    @Test
    void a_pressed_button_says_its_key_and_is_answered_at_its_address() {
        var answer = caller.tell(
                bot,
                caller.message(
                        "e1",
                        ANNA,
                        "event",
                        Map.of(
                                "eventtype",
                                "template_card_event",
                                "template_card_event",
                                Map.of("event_key", "Returns"))));

        assertThat(answer).isEqualTo(JsonObject.EMPTY);
        assertThat(context.conversations().incoming().getFirst().parts()).containsExactly(new Part.Text("Returns"));
        assertThat(bot.deliver(answer("d1", "e1", "Within 14 days."))).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).containsExactly("Within 14 days.");
    }

    @Test
    void a_card_of_the_time_before_it_was_called_shows_what_was_chosen() {
        var menu = new Part.Menu("Which one?", List.of(new Part.Menu.Option("1", "Returns")));
        new Offered(context.store()).keep("task-1", menu);

        var answer = caller.tell(
                bot,
                caller.message(
                        "e1",
                        ANNA,
                        "event",
                        Map.of(
                                "eventtype",
                                "template_card_event",
                                "template_card_event",
                                Map.of("event_key", "Returns", "task_id", "task-1"))));

        assertThat(answer.text("response_type", "")).isEqualTo("update_template_card");
        assertThat(answer.object("template_card").orElseThrow().text("replace_text", ""))
                .isEqualTo("Returns");
        assertThat(context.conversations().incoming()).hasSize(1);
    }

    // Pictures and files

    @Test
    void a_picture_is_fetched_decrypted_and_kept_and_what_follows_it_stays_behind_it() {
        var url = host.lay("p1", PlayedCaller.KEY.encrypt(png()));
        host.fail(1);

        caller.tell(bot, caller.message("m1", ANNA, "image", Map.of("url", url)));
        caller.says(bot, "m2", ANNA, "what is this?");

        Await.until("both are stored", () -> context.conversations().incoming().size() == 2);
        var incoming = context.conversations().incoming();
        assertThat(incoming.getFirst().parts()).singleElement().isInstanceOfSatisfying(Part.Media.class, media -> {
            assertThat(media.kind()).isEqualTo(Part.Media.Kind.IMAGE);
            assertThat(media.file().name()).isEqualTo("image.png");
            assertThat(media.file().size()).isEqualTo(png().length);
        });
        assertThat(incoming.getLast().externalId()).isEqualTo("m2");
    }

    @Test
    void a_file_keeps_the_name_that_the_platform_tells() {
        var url = host.lay("f1", PlayedCaller.KEY.encrypt("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)));
        host.named(url, "%E8%AE%A2%E5%8D%95.csv");

        caller.tell(bot, caller.message("m1", ANNA, "file", Map.of("url", url)));

        Await.until("it is stored", () -> !context.conversations().incoming().isEmpty());
        assertThat(context.conversations().incoming().getFirst().parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.Media.class,
                        media -> assertThat(media.file().name()).isEqualTo("订单.csv"));
    }

    @Test
    void a_picture_that_was_being_fetched_when_the_hub_ended_is_fetched_by_the_next() {
        context.inbox().refuseNext("the database is away", true);
        var body = caller.message("m1", ANNA, "image", Map.of("url", host.lay("p1", PlayedCaller.KEY.encrypt(png()))));
        var settings = BotSettings.of(Settings.of(Map.of(
                "mode",
                "webhook",
                "token",
                PlayedCaller.TOKEN,
                "aes-key",
                PlayedCaller.AES_KEY,
                "api-address",
                host.address(),
                "media-address",
                host.address())));
        // One that would wait for an hour before it tries to store again.
        bot = new CalledBot(
                settings,
                (BotSettings.Way.Called) settings.way(),
                wired.context,
                new CalledBot.Rhythm(LONG, Duration.ofHours(1)));
        caller.tell(bot, body);

        restart();
        bot.listen();

        Await.until("it is stored", () -> !context.conversations().incoming().isEmpty());
        assertThat(context.conversations().incoming().getFirst().parts()).hasOnlyElementsOfType(Part.Media.class);
        Await.until(
                "nothing waits",
                () -> context.store().contents().keySet().stream().noneMatch(key -> key.startsWith("arrival:")));
    }

    @Test
    void nothing_is_fetched_from_a_host_that_is_not_wecoms() {
        caller.tell(bot, caller.message("m1", ANNA, "image", Map.of("url", "http://169.254.169.254/latest")));
        caller.tell(bot, caller.message("m2", ANNA, "image", Map.of("url", "https://evil.example/qq.com")));

        Await.until("both are stored", () -> context.conversations().incoming().size() == 2);
        assertThat(context.conversations().incoming())
                .allSatisfy(message -> assertThat(message.parts())
                        .singleElement()
                        .isEqualTo(new Part.Unsupported("image (not fetched: its address is none of WeCom's)")));
    }

    @Test
    void a_picture_that_is_gone_or_cannot_be_decrypted_is_kept_as_such() {
        var other = "x".repeat(64).getBytes(StandardCharsets.UTF_8);
        caller.tell(bot, caller.message("m1", ANNA, "image", Map.of("url", host.address() + "/file/gone")));
        caller.tell(bot, caller.message("m2", ANNA, "image", Map.of("url", host.lay("odd", other))));

        Await.until("both are stored", () -> context.conversations().incoming().size() == 2);
        assertThat(context.conversations().incoming())
                .extracting(message -> message.parts().toString())
                .containsExactly(
                        "[Unsupported[platformType=image (not fetched: WeCom answered 403)]]",
                        "[Unsupported[platformType=image (not fetched: it cannot be decrypted)]]");
    }

    // What is said

    @Test
    void an_answer_grows_as_it_is_fetched_and_ends_with_the_whole() throws Exception {
        var stream = says("m1", "where is my parcel?");

        assertThat(shown(stream)).isEqualTo("");
        bot.revise(new Draft("a1", ANNA, "m1", 1, "On its"));
        assertThat(shown(stream)).isEqualTo("On its");
        bot.revise(new Draft("a1", ANNA, "m1", 2, "On its way"));
        assertThat(shown(stream)).isEqualTo("On its way");
        var delivered = handedOver(answer("d1", "m1", "On its way to you."));
        var last = untilFinished(stream);

        assertThat(last).isEqualTo("On its way to you.");
        assertThat(delivered.get()).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).isEmpty();
    }

    @Test
    void an_answer_goes_on_after_a_restart_in_its_middle() throws Exception {
        var stream = says("m1", "where is my parcel?");
        bot.revise(new Draft("a1", ANNA, "m1", 1, "On its"));
        shown(stream);

        restart();
        assertThat(shown(stream)).isEqualTo("On its");
        bot.revise(new Draft("a1", ANNA, "m1", 1, "On its way"));
        var delivered = handedOver(answer("d1", "m1", "On its way to you."));

        assertThat(untilFinished(stream)).isEqualTo("On its way to you.");
        assertThat(delivered.get()).isInstanceOf(Delivered.Done.class);
    }

    @Test
    void a_reply_that_was_laid_ready_when_the_hub_was_killed_is_not_shown_twice() throws Exception {
        var stream = says("m1", "where is my parcel?");
        var killed = handedOver(answer("d1", "m1", "On its way."));
        Await.until(
                "it lies ready",
                () -> context.store().contents().values().stream().anyMatch(value -> value.contains("On its way.")));

        restart();
        assertThat(untilFinished(stream)).isEqualTo("On its way.");

        assertThat(bot.deliver(answer("d1", "m1", "On its way."))).isInstanceOf(Delivered.Done.class);
        assertThat(killed.get()).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).isEmpty();
    }

    @Test
    void what_is_not_fetched_is_sent_to_the_messages_address_and_shown_nowhere_else() {
        bot.close();
        bot = open(Duration.ofMillis(300));
        var stream = says("m1", "where is my parcel?");

        var delivered = bot.deliver(answer("d1", "m1", "On its way."));

        assertThat(delivered).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).containsExactly("On its way.");
        var late = caller.fetch(bot, stream);
        assertThat(late.flag("finish")).isTrue();
        assertThat(late.text("content", "")).isEmpty();
        assertThat(bot.deliver(answer("d1", "m1", "On its way."))).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).hasSize(1);
    }

    @Test
    void when_the_time_is_over_the_rest_is_sent_to_the_messages_address() {
        var stream = says("m1", "tell me all");
        bot.revise(new Draft("a1", ANNA, "m1", 1, "First this."));
        context.clock().move(Duration.ofSeconds(331));

        var last = caller.fetch(bot, stream);
        var more = bot.revise(new Draft("a1", ANNA, "m1", 2, "First this. Then"));
        var delivered = bot.deliver(answer("d1", "m1", "First this. Then that."));

        assertThat(last.flag("finish")).isTrue();
        assertThat(last.text("content", "")).isEqualTo("First this.\n\n(continues in the next message)");
        assertThat(more).isInstanceOf(Delivered.Undeliverable.class);
        assertThat(delivered).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).containsExactly("Then that.");
        assertThat(caller.fetch(bot, stream).text("content", "")).isEqualTo(last.text("content", ""));
    }

    @Test
    void when_the_time_is_over_and_nothing_was_said_the_customer_is_told_that_it_follows() {
        var stream = says("m1", "a person, please");
        context.clock().move(Duration.ofSeconds(331));

        assertThat(caller.fetch(bot, stream).text("content", ""))
                .isEqualTo("(still being looked into; the reply follows)");
        assertThat(bot.deliver(saying("d1", LI, "Here I am."))).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).containsExactly("Here I am.");
    }

    @Test
    void a_messages_address_is_used_once_and_then_agents_are_told_why_nothing_more_can_be_said() {
        says("m1", "hello");
        context.clock().move(Duration.ofMinutes(10));

        assertThat(bot.deliver(saying("d1", LI, "one"))).isInstanceOf(Delivered.Done.class);
        var second = bot.deliver(saying("d2", LI, "two"));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Delivered.Undeliverable.class,
                        undeliverable -> assertThat(undeliverable.reason())
                                .asString()
                                .contains("until the customer writes again"));
        assertThat(host.taken()).containsExactly("one");
    }

    @Test
    void an_address_is_forgotten_after_an_hour() {
        says("m1", "hello");
        context.clock().move(Duration.ofMinutes(61));

        assertThat(bot.deliver(saying("d1", LI, "one"))).isInstanceOf(Delivered.Undeliverable.class);
    }

    @Test
    void an_address_that_is_not_wecoms_is_never_called() {
        var body = new LinkedHashMap<>(caller.message("m1", ANNA, "text", Map.of("content", "hello")));
        body.put("response_url", "http://127.0.0.1:1/answer/x");
        caller.tell(bot, body);
        context.clock().move(Duration.ofMinutes(10));

        assertThat(bot.deliver(saying("d1", LI, "one"))).isInstanceOf(Delivered.Undeliverable.class);
    }

    @Test
    void an_address_that_is_out_of_order_is_kept_for_another_try() {
        says("m1", "hello");
        context.clock().move(Duration.ofMinutes(10));
        host.fail(1);

        assertThat(bot.deliver(saying("d1", LI, "one"))).isInstanceOf(Delivered.RetryLater.class);
        assertThat(bot.deliver(saying("d1", LI, "one"))).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).containsExactly("one");
    }

    @Test
    void an_answer_that_was_perhaps_taken_is_not_sent_again() {
        says("m1", "hello");
        context.clock().move(Duration.ofMinutes(10));
        host.loseNextAnswer();

        assertThat(bot.deliver(saying("d1", LI, "one"))).isEqualTo(unknown());
        restart();
        assertThat(bot.deliver(saying("d1", LI, "one"))).isEqualTo(unknown());
        assertThat(host.taken()).containsExactly("one");
    }

    @Test
    void what_a_person_says_in_several_messages_stands_in_one_place_while_there_is_time() throws Exception {
        var stream = says("m1", "a person, please");

        var first = handedOver(saying("d1", LI, "Hello."));
        Await.until("it is shown", () -> shown(stream).equals("Hello."));
        assertThat(first.get()).isInstanceOf(Delivered.Done.class);
        var second = handedOver(saying("d2", LI, "How can I help?"));
        Await.until("both are shown", () -> shown(stream).equals("Hello.\n\nHow can I help?"));

        assertThat(second.get()).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).isEmpty();
    }

    @Test
    void questions_that_are_answered_together_point_to_the_answer() throws Exception {
        var first = says("m1", "hello");
        var second = says("m2", "where is my parcel?");

        var delivered = handedOver(answer("d1", "m2", "On its way."));

        assertThat(untilFinished(second)).isEqualTo("On its way.");
        assertThat(delivered.get()).isInstanceOf(Delivered.Done.class);
        assertThat(untilFinished(first)).isEqualTo("(see the reply below)");
    }

    @Test
    void a_late_answer_does_not_take_the_place_of_a_later_question() throws Exception {
        says("m1", "tell me all");
        context.clock().move(Duration.ofSeconds(331));
        var second = says("m2", "and the rest?");

        assertThat(bot.deliver(answer("d1", "m1", "All."))).isInstanceOf(Delivered.Done.class);
        var delivered = handedOver(answer("d2", "m2", "The rest."));

        assertThat(untilFinished(second)).isEqualTo("The rest.");
        assertThat(delivered.get()).isInstanceOf(Delivered.Done.class);
        assertThat(host.taken()).containsExactly("All.");
    }

    @Test
    void an_answer_that_does_not_come_after_all_is_taken_back() {
        var stream = says("m1", "hello");
        bot.revise(new Draft("a1", ANNA, "m1", 1, "Let me"));
        shown(stream);

        bot.revise(new Draft("a1", ANNA, "m1", 2, ""));

        assertThat(shown(stream)).isEmpty();
    }

    @Test
    void never_more_is_shown_at_once_than_the_platform_takes() {
        var stream = says("m1", "hello");

        bot.revise(new Draft("a1", ANNA, "m1", 1, "长".repeat(9_000)));
        var grown = shown(stream);

        assertThat(grown.getBytes(StandardCharsets.UTF_8).length).isBetween(20_000, 20_480);
        assertThat(grown).matches("长+");
        assertThat(bot.abilities().textLimit() * 3).isLessThanOrEqualTo(20_480);
    }

    @Test
    void pictures_are_shown_with_the_end_of_an_answer() throws Exception {
        var stream = says("m1", "show me");
        var file = context.files().put("parcel.png", "image/png", png());
        var parts = List.<Part>of(new Part.Text("Here:"), Part.Media.of(file));
        var delivered = handedOver(
                new Delivery("d1", ANNA, "m1", BOT, parts, 1, context.clock().instant(), "a1"));

        var last = new JsonObject[1];
        Await.until("the end", () -> {
            last[0] = caller.fetch(bot, stream);
            return last[0].flag("finish");
        });

        assertThat(delivered.get()).isInstanceOf(Delivered.Done.class);
        assertThat(last[0].text("content")).contains("Here:");
        assertThat(last[0].objects("msg_item")).singleElement().satisfies(item -> {
            assertThat(item.text("msgtype")).contains("image");
            assertThat(item.object("image").orElseThrow().text("md5", "")).hasSize(32);
        });
    }

    @Test
    void a_file_cannot_be_sent_and_agents_are_told_what_can() {
        says("m1", "hello");
        var file = context.files().put("manual.pdf", "application/pdf", new byte[100]);

        var delivered = bot.deliver(new Delivery(
                "d1",
                ANNA,
                "",
                LI,
                List.of(Part.Media.of(file)),
                1,
                context.clock().instant()));

        assertThat(delivered)
                .isInstanceOfSatisfying(
                        Delivered.Undeliverable.class,
                        undeliverable ->
                                assertThat(undeliverable.reason()).asString().contains("long connection"));
    }

    @Test
    void what_somebody_thinks_of_an_answer_is_stored_with_it() throws Exception {
        var stream = says("m1", "hello");
        var conversation = context.timeline().find(ANNA).orElseThrow().conversationId();
        var messageId = context.conversations().botSays(conversation, "Hi.");
        var delivered = handedOver(answer(messageId, "m1", "Hi."));
        untilFinished(stream);
        assertThat(delivered.get()).isInstanceOf(Delivered.Done.class);

        judge(stream, 2, "too short");
        judge("unknown", 1, "");
        judge(stream, 3, "");

        assertThat(context.inbox().ratings())
                .extracting(rating -> rating.messageId().orElse("") + " " + rating.score() + " " + rating.text())
                .containsExactly(messageId + " 1 too short (#2)", " 5 ");
    }

    private void judge(String answer, int type, String content) {
        var detail = new HashMap<String, Object>(Map.of("id", answer, "type", type, "content", content));
        if (type == 2) detail.put("inaccurate_reason_list", List.of(2));
        caller.tell(
                bot,
                caller.message(
                        "e-" + type, ANNA, "event", Map.of("eventtype", "feedback_event", "feedback_event", detail)));
    }

    private String says(String msgId, String text) {
        var begun = caller.says(bot, msgId, ANNA, text).object("stream").orElseThrow();
        assertThat(begun.flag("finish")).isFalse();
        return begun.text("id", "");
    }

    private String shown(String stream) {
        return caller.fetch(bot, stream).text("content", "");
    }

    private String untilFinished(String stream) {
        var last = new JsonObject[] {JsonObject.EMPTY};
        Await.until("the end of an answer", () -> {
            last[0] = caller.fetch(bot, stream);
            return last[0].flag("finish");
        });
        return last[0].text("content", "");
    }

    private CompletableFuture<Delivered> handedOver(Delivery delivery) {
        var asked = bot;
        return CompletableFuture.supplyAsync(
                () -> asked.deliver(delivery), task -> Thread.ofVirtual().start(task));
    }

    private Delivery answer(String id, String replyTo, String text) {
        return new Delivery(
                id,
                ANNA,
                replyTo,
                BOT,
                List.of(new Part.Text(text)),
                1,
                context.clock().instant(),
                "a1");
    }

    private Delivery saying(String id, Author author, String text) {
        return new Delivery(
                id,
                ANNA,
                "",
                author,
                List.of(new Part.Text(text)),
                1,
                context.clock().instant());
    }

    private static Delivered unknown() {
        return new Delivered.Unknown(Ack.Silent.IN_DOUBT, false);
    }

    private static byte[] png() {
        var bytes = new byte[1_000];
        var start = new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }
}
