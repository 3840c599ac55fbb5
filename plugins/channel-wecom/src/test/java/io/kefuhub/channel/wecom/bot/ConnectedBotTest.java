package io.kefuhub.channel.wecom.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakeInbox;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.Wired;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectedBotTest {
    private static final String ANNA = "anna";
    private static final Duration LONG = Duration.ofSeconds(20);
    /** Passes in a test, and is long enough for a busy machine to answer within. */
    private static final Duration PASSES = Duration.ofSeconds(2);

    private static final Author BOT = new Author.Bot();
    private static final Author LI = new Author.Agent("Li");

    private final Wired wired = new Wired("bot");
    private final FakeChannelContext context = wired.hub;
    private final PlayedBotServer server = new PlayedBotServer();
    private final PlayedHost host = new PlayedHost();
    private final List<Thread> listeners = new ArrayList<>();
    private ConnectedBot.Rhythm rhythm = ConnectedBotContractTest.PATIENT;

    @AfterEach
    void end() throws InterruptedException {
        for (var listener : listeners) {
            listener.interrupt();
            listener.join();
        }
        wired.close();
        server.close();
        host.close();
    }

    private ConnectedBot make(String secret) {
        return make(Map.of("bot-secret", secret));
    }

    private ConnectedBot make(Map<String, String> changes) {
        var values = new HashMap<>(Map.of(
                "bot-id",
                PlayedBotServer.BOT,
                "bot-secret",
                PlayedBotServer.SECRET,
                "connection-address",
                server.address(),
                "media-address",
                host.address(),
                "welcome",
                "您好",
                "language",
                "en"));
        values.putAll(changes);
        var settings = BotSettings.of(Settings.of(values));
        return new ConnectedBot(settings, (BotSettings.Way.Connected) settings.way(), wired.context, rhythm);
    }

    private Thread listen(ConnectedBot bot) {
        var listener = Thread.ofVirtual().start(bot::listen);
        listeners.add(listener);
        return listener;
    }

    private ConnectedBot connected() {
        var bot = make(PlayedBotServer.SECRET);
        listen(bot);
        Await.until("it is connected", context.inbox()::isListening);
        return bot;
    }

    private void says(String msgId, String text) {
        var before = context.conversations().incoming().size();
        server.says(msgId, ANNA, text);
        Await.until("it is stored", () -> context.conversations().incoming().size() > before);
    }

    // What comes in

    @Test
    void a_message_is_stored_once_however_often_it_comes() {
        connected();

        says("m1", "where is my parcel?");
        server.says("m1", ANNA, "where is my parcel?");
        says("m2", "hello?");

        assertThat(context.conversations().incoming())
                .extracting(message -> message.externalId() + " " + message.thread() + " " + message.parts())
                .containsExactly("m1 anna [Text[value=where is my parcel?]]", "m2 anna [Text[value=hello?]]");
    }

    @Test
    void a_message_is_brought_again_until_it_is_stored() {
        connected();
        for (var i = 0; i < 3; i++) context.inbox().refuseNext("the database is away", true);

        says("m1", "hello");

        assertThat(context.conversations().incoming()).hasSize(1);
    }

    @Test
    void control_characters_in_a_frame_are_no_reason_to_lose_it() {
        connected();

        server.raw(
                "{\"cmd\":\"aibot_msg_callback\",\"headers\":{\"req_id\":\"q1\"},\"body\":{\"msgid\":\"m1\","
                        + "\"chattype\":\"single\",\"from\":{\"userid\":\"anna\"},\"msgtype\":\"text\",\"text\":{\"content\":\"a\u0001\u0000b\u001f\"}}}");
        server.raw("no frame at all");
        server.raw("{}");

        Await.until("it is stored", () -> !context.conversations().incoming().isEmpty());
        assertThat(context.conversations().incoming().getFirst().parts()).containsExactly(new Part.Text("ab"));
    }

    @Test
    void a_picture_is_decrypted_with_the_key_it_brings() {
        connected();
        var key = "ZmVkY2JhOTg3NjU0MzIxMEZFRENCQTk4NzY1NDMyMTA=";
        var url = host.lay("f1", Base64.getDecoder().decode("4u1zmXVGDosp7zDg/NaonkfQWII6w46To8VJb1Z3LEE="));
        host.named(url, "note.txt");

        server.tells("m1", ANNA, "file", Map.of("url", url, "aeskey", key));

        Await.until("it is stored", () -> !context.conversations().incoming().isEmpty());
        assertThat(context.conversations().incoming().getFirst().parts())
                .singleElement()
                .isInstanceOfSatisfying(Part.Media.class, media -> {
                    assertThat(media.file().name()).isEqualTo("note.txt");
                    assertThat(context.files().open(media.file().id()))
                            .hasValueSatisfying(in -> assertThat(in).hasContent("hello media"));
                });
    }

    @Test
    void whoever_opens_the_chat_is_welcomed() {
        connected();

        server.tells("e1", ANNA, "event", Map.of("eventtype", "enter_chat"));

        Await.until("the welcome", () -> !server.welcomes().isEmpty());
        assertThat(server.welcomes().getFirst().object("text").orElseThrow().text("content"))
                .contains("您好");
        assertThat(context.conversations().incoming()).isEmpty();
    }

    @Test
    void what_somebody_thinks_of_an_answer_is_stored_with_it() {
        var bot = connected();
        says("m1", "hello");
        var conversation = context.timeline().find(ANNA).orElseThrow().conversationId();
        var messageId = context.conversations().botSays(conversation, "Hi.");
        assertThat(bot.deliver(answer(messageId, "m1", "Hi."))).isInstanceOf(Delivered.Done.class);
        var name = server.replies().getFirst().object("feedback").orElseThrow().text("id", "");

        server.tells(
                "e1",
                ANNA,
                "event",
                Map.of("eventtype", "feedback_event", "feedback_event", Map.of("id", name, "type", 1)));

        Await.until("it is stored", () -> !context.inbox().ratings().isEmpty());
        assertThat(context.inbox().ratings().getFirst().messageId()).contains(messageId);
        assertThat(context.inbox().ratings().getFirst().score()).isEqualTo(5);
    }

    // What is said

    @Test
    void an_answer_grows_in_one_place_with_all_of_it_each_time() {
        var bot = connected();
        says("m1", "where is my parcel?");

        assertThat(bot.revise(draft("On its"))).isInstanceOf(Delivered.Done.class);
        assertThat(server.shown(ANNA)).containsExactly("On its");
        assertThat(bot.revise(draft("On its way"))).isInstanceOf(Delivered.Done.class);
        assertThat(bot.deliver(answer("d1", "m1", "On its way to you."))).isInstanceOf(Delivered.Done.class);

        assertThat(server.shown(ANNA)).containsExactly("On its way to you.");
        assertThat(server.replies()).extracting(reply -> reply.flag("finish")).containsExactly(false, false, true);
        assertThat(server.replies()).extracting(reply -> reply.has("feedback")).containsExactly(true, false, false);
        var times = server.replyTimes();
        for (var at = 1; at < times.size(); at++) {
            assertThat(Duration.ofNanos(times.get(at) - times.get(at - 1)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(28));
        }
    }

    @Test
    void frames_of_one_answer_wait_for_each_other_however_slow_the_platform_is() throws Exception {
        var bot = connected();
        says("m1", "hello");
        server.slow();

        var first = CompletableFuture.supplyAsync(() -> bot.revise(draft("On")), ConnectedBotTest::start);
        var second = CompletableFuture.supplyAsync(() -> bot.revise(draft("On its")), ConnectedBotTest::start);
        assertThat(first.get()).isInstanceOf(Delivered.Done.class);
        assertThat(second.get()).isInstanceOf(Delivered.Done.class);

        assertThat(server.mostUnderWay()).isEqualTo(1);
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().start(task);
    }

    @Test
    void an_answer_whose_end_was_not_confirmed_is_said_again_in_the_same_place() {
        rhythm = ConnectedBotContractTest.rhythm(PASSES, Duration.ofSeconds(1));
        var bot = connected();
        says("m1", "hello");
        server.silent(1);

        var first = bot.deliver(answer("d1", "m1", "Hi."));

        assertThat(first).isEqualTo(new Delivered.Unknown(Ack.Silent.REASON, true));
        // The platform says that the place is closed: it may have been closed by that very answer.
        assertThat(bot.deliver(answer("d1", "m1", "Hi."))).isEqualTo(unknown());
        assertThat(server.shown(ANNA)).containsExactly("Hi.");
    }

    @Test
    void when_its_place_has_expired_the_rest_of_an_answer_is_a_message_of_its_own() {
        var bot = connected();
        says("m1", "tell me all");
        bot.revise(draft("First this."));
        server.expire();

        var more = bot.revise(draft("First this. Then"));
        var delivered = bot.deliver(answer("d1", "m1", "First this. Then that."));

        assertThat(more)
                .isInstanceOfSatisfying(
                        Delivered.Undeliverable.class,
                        undeliverable ->
                                assertThat(undeliverable.reason()).asString().contains("846608"));
        assertThat(delivered).isInstanceOf(Delivered.Done.class);
        assertThat(server.shown(ANNA)).containsExactly("First this.", "Then that.");
        assertThat(bot.deliver(answer("d1", "m1", "First this. Then that."))).isInstanceOf(Delivered.Done.class);
        assertThat(server.shown(ANNA)).hasSize(2);
    }

    @Test
    void an_answer_to_a_message_that_the_platform_has_forgotten_is_a_message_of_its_own() {
        var bot = connected();
        says("m1", "hello");
        server.forgetQuestions();

        assertThat(bot.deliver(answer("d1", "m1", "Hi."))).isInstanceOf(Delivered.Done.class);

        assertThat(server.shown(ANNA)).containsExactly("Hi.");
        assertThat(server.sent()).hasSize(1);
    }

    @Test
    void an_answer_that_takes_longer_than_the_platform_waits_is_a_message_of_its_own() {
        var bot = connected();
        says("m1", "hello");
        context.clock().move(Duration.ofSeconds(331));

        assertThat(bot.deliver(answer("d1", "m1", "Hi."))).isInstanceOf(Delivered.Done.class);

        assertThat(server.replies()).isEmpty();
        assertThat(server.shown(ANNA)).containsExactly("Hi.");
    }

    @Test
    void a_person_says_something_at_any_time() {
        var bot = connected();

        assertThat(bot.deliver(saying("d1", ANNA, "Hello."))).isInstanceOf(Delivered.Done.class);
        assertThat(bot.deliver(saying("d2", "wrk1:anna", "Hello all."))).isInstanceOf(Delivered.Done.class);

        assertThat(server.shown(ANNA)).containsExactly("Hello.");
        assertThat(server.shown("wrk1")).containsExactly("Hello all.");
    }

    @Test
    void a_message_of_its_own_that_was_perhaps_taken_is_not_sent_again() {
        rhythm = ConnectedBotContractTest.rhythm(PASSES, Duration.ofSeconds(1));
        var bot = connected();
        server.silent(1);

        assertThat(bot.deliver(saying("d1", ANNA, "Hello."))).isEqualTo(unknown());
        assertThat(bot.deliver(saying("d1", ANNA, "Hello."))).isEqualTo(unknown());
        assertThat(make(PlayedBotServer.SECRET).deliver(saying("d1", ANNA, "Hello.")))
                .isEqualTo(unknown());

        assertThat(server.shown(ANNA)).hasSize(1);
    }

    @Test
    void too_much_at_once_is_said_later_and_what_is_refused_is_told() {
        var bot = connected();

        server.refuseSends(45_009);
        assertThat(bot.deliver(saying("d1", ANNA, "Hello."))).isInstanceOf(Delivered.RetryLater.class);
        server.refuseSends(40_058);
        assertThat(bot.deliver(saying("d2", ANNA, "Hello?")))
                .isEqualTo(new Delivered.Undeliverable(new Ack.Refused(40_058, "no").words()));
        server.refuseSends(0);
        assertThat(bot.deliver(saying("d1", ANNA, "Hello."))).isInstanceOf(Delivered.Done.class);

        assertThat(server.shown(ANNA)).containsExactly("Hello.");
    }

    @Test
    void an_answer_that_does_not_come_after_all_is_taken_back_and_its_place_closed() {
        var bot = connected();
        says("m1", "hello");
        bot.revise(draft("Let me"));

        bot.revise(draft(""));
        bot.deliver(saying("d1", ANNA, "Hello, I am Li."));

        assertThat(server.shown(ANNA)).containsExactly("(the reply follows)", "Hello, I am Li.");
        assertThat(server.isFinished(Keys.of("m1"))).isTrue();
    }

    @Test
    void a_file_is_brought_piece_by_piece_and_only_once() throws Exception {
        var bot = connected();
        var bytes = new byte[1_200_000];
        new Random(7).nextBytes(bytes);
        var file = context.files().put("手册.pdf", "application/pdf", bytes);
        var parts = List.<Part>of(new Part.Text("Here:"), Part.Media.of(file));

        var first = bot.deliver(
                new Delivery("d1", ANNA, "", LI, parts, 1, context.clock().instant()));
        var second = bot.deliver(
                new Delivery("d2", ANNA, "", LI, parts, 1, context.clock().instant()));

        assertThat(first).isInstanceOf(Delivered.Done.class);
        assertThat(second).isInstanceOf(Delivered.Done.class);
        assertThat(server.uploads()).isEqualTo(1);
        assertThat(server.uploaded("u0")).isEqualTo(bytes);
        var init = server.init("u0");
        assertThat(init.text("type")).contains("file");
        assertThat(init.text("filename")).contains("手册.pdf");
        assertThat(init.number("total_size", 0)).isEqualTo(bytes.length);
        assertThat(init.number("total_chunks", 0)).isEqualTo(3);
        var md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        assertThat(init.text("md5")).contains(md5);
        assertThat(server.shown(ANNA)).containsExactly("Here:", "file", "Here:", "file");
        assertThat(server.sent().get(1).object("file").orElseThrow().text("media_id"))
                .contains("media-u0");
    }

    @Test
    void choices_are_buttons_and_pressing_one_says_it() {
        var bot = connected();
        var menu = new Part.Menu("Which one?", List.of(option("1", "Returns"), option("2", "Shipping")));

        assertThat(bot.deliver(choosing("d1", menu))).isInstanceOf(Delivered.Done.class);
        server.tells(
                "e1",
                ANNA,
                "event",
                Map.of("eventtype", "template_card_event", "template_card_event", Map.of("event_key", "Returns")));

        Await.until("it is stored", () -> !context.conversations().incoming().isEmpty());
        assertThat(context.conversations().incoming().getFirst().parts()).containsExactly(new Part.Text("Returns"));
        assertThat(server.shown(ANNA)).singleElement().asString().contains("button_interaction", "Shipping");
    }

    @Test
    void a_card_whose_button_was_pressed_shows_what_was_chosen_whoever_of_us_sent_it() throws InterruptedException {
        var menu = new Part.Menu("Which one?", List.of(option("1", "Returns"), option("2", "Shipping")));
        connected().deliver(choosing("d1", menu));
        var task =
                server.sent().getFirst().object("template_card").orElseThrow().text("task_id", "");
        var next = make(PlayedBotServer.SECRET);
        listen(next);
        Await.until("the next generation is connected", () -> server.logins() == 2);

        press("e1", "Returns", task);
        press("e2", "Returns", "none of ours");

        Await.until("both are stored", () -> context.conversations().incoming().size() == 2);
        Await.until("the card is changed", () -> !server.updates().isEmpty());
        assertThat(server.updates()).containsOnlyKeys("q-e1");
        var update = Objects.requireNonNull(server.updates().get("q-e1"));
        assertThat(update.text("response_type", "")).isEqualTo("update_template_card");
        var card = update.object("template_card").orElseThrow();
        assertThat(card.text("task_id", "")).isEqualTo(task);
        assertThat(card.text("replace_text", "")).isEqualTo("Returns");
        assertThat(card.objects("button_list")).hasSize(2);
    }

    private void press(String event, String key, String task) {
        server.tells(
                event,
                ANNA,
                "event",
                Map.of(
                        "eventtype",
                        "template_card_event",
                        "template_card_event",
                        Map.of("event_key", key, "task_id", task)));
    }

    @Test
    void an_answer_that_ends_without_words_leaves_no_open_place() {
        var bot = connected();
        says("m1", "where is my parcel?");
        bot.revise(draft("Let me see."));
        var menu = new Part.Menu("Which one?", List.of(option("1", "The red one")));

        bot.deliver(new Delivery(
                "d1", ANNA, "m1", BOT, List.of(menu), 1, context.clock().instant(), "a1"));

        assertThat(server.isFinished(Keys.of("m1"))).isTrue();
        assertThat(server.shown(ANNA)).hasSize(2).first().isEqualTo("Let me see.");
    }

    @Test
    void choices_are_lines_where_a_card_would_be_too_small_or_is_refused() {
        var bot = connected();
        var many = new ArrayList<Part.Menu.Option>();
        for (var i = 1; i <= 7; i++) many.add(option("o" + i, "Choice " + i));

        bot.deliver(choosing("d1", new Part.Menu("Which one?", many)));
        server.refuseCards();
        bot.deliver(choosing("d2", new Part.Menu("And now?", many.subList(0, 2))));

        assertThat(server.shown(ANNA)).hasSize(2);
        assertThat(server.shown(ANNA).getFirst()).contains("Which one?\n\n1. Choice 1", "7. Choice 7");
        assertThat(server.shown(ANNA).getLast()).isEqualTo("And now?\n\n1. Choice 1\n2. Choice 2");
    }

    private static Part.Menu.Option option(String id, String text) {
        return new Part.Menu.Option(id, text);
    }

    private Delivery choosing(String id, Part.Menu menu) {
        return new Delivery(id, ANNA, "", BOT, List.of(menu), 1, context.clock().instant());
    }

    // The connection

    @Test
    void a_connection_that_breaks_is_made_again_and_what_was_asked_before_is_answered_over_it() {
        var bot = connected();
        says("m1", "hello");
        server.cut();

        Await.until("it is connected again", () -> server.logins() == 2);
        Await.until("it is answered", () -> bot.deliver(answer("d1", "m1", "Hi.")) instanceof Delivered.Done);

        assertThat(server.shown(ANNA)).containsExactly("Hi.");
        assertThat(server.sent()).isEmpty();
    }

    @Test
    void a_connection_without_a_sign_of_life_is_made_again() {
        rhythm = ConnectedBotContractTest.rhythm(LONG, Duration.ofMillis(100));
        connected();
        server.deaf(true);

        Await.until("it is connected again", () -> server.logins() >= 2);

        assertThat(server.pings()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void signs_of_life_keep_a_connection() {
        rhythm = ConnectedBotContractTest.rhythm(LONG, Duration.ofMillis(500));
        connected();

        Await.until("many signs of life", () -> server.pings() > 5);

        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void while_there_is_no_connection_replies_wait() {
        var bot = make(PlayedBotServer.SECRET);

        assertThat(bot.deliver(saying("d1", ANNA, "Hello."))).isInstanceOf(Delivered.RetryLater.class);
        assertThat(bot.revise(draft("He"))).isInstanceOf(Delivered.RetryLater.class);
    }

    @Test
    void whoever_is_evicted_by_another_program_does_not_come_back_and_says_so() {
        var bot = connected();

        server.evict();

        Await.until("it has understood", () -> bot.revise(draft("Hi")) instanceof Delivered.Misconfigured);
        assertThat(bot.deliver(saying("d1", ANNA, "Hello.")))
                .isEqualTo(new Delivered.Misconfigured("bot-id", Standing.Evicted.REASON));
        assertThat(problem(bot)).isEqualTo(new CheckResult.Problem("bot-id", Standing.Evicted.REASON));
        Await.until("the hub is told", () -> !context.inbox().shutOut().isEmpty());
        assertThat(context.inbox().shutOut()).containsExactly(new FakeInbox.Refusal("bot-id", Standing.Evicted.REASON));
        // The program's login and ours: no other follows.
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void the_next_generation_takes_over_in_the_middle_of_an_answer() throws Exception {
        var before = connected();
        says("m1", "where is my parcel?");
        before.revise(draft("On its"));

        var next = make(PlayedBotServer.SECRET);
        listen(next);
        Await.until("the next is connected", () -> server.logins() == 2);
        Await.until("it answers", () -> next.revise(draft("On its way")) instanceof Delivered.Done);
        Await.until(
                "the one before has understood",
                () -> before.revise(new Draft("a9", ANNA, "nobody's", 1, "x")) instanceof Delivered.RetryLater);
        var late = before.deliver(saying("d0", ANNA, "too late"));
        listeners.getFirst().interrupt();
        listeners.getFirst().join();

        assertThat(late).isInstanceOf(Delivered.RetryLater.class);
        assertThat(next.deliver(answer("d1", "m1", "On its way to you."))).isInstanceOf(Delivered.Done.class);
        assertThat(server.shown(ANNA)).containsExactly("On its way to you.");
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void wrong_credentials_are_tried_once_and_named() {
        var bot = make("wrong");
        listen(bot);

        Await.until(
                "replies wait for the admin",
                () -> bot.deliver(saying("d1", ANNA, "Hello.")) instanceof Delivered.Misconfigured);

        assertThat(problem(bot).setting()).isEqualTo("bot-secret");
        Await.until("the hub is told", () -> !context.inbox().shutOut().isEmpty());
        assertThat(context.inbox().shutOut())
                .extracting(FakeInbox.Refusal::setting)
                .containsExactly("bot-secret");
        assertThat(problem(make("wrong, too")).setting()).isEqualTo("bot-secret");
        assertThat(problem(bot).text()).asString().contains("853000").doesNotContain("wrong");
        // Once by each.
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void a_check_does_not_evict_one_that_is_connected() {
        connected();

        assertThat(make(PlayedBotServer.SECRET).check()).isEqualTo(new CheckResult.Fine());

        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void one_that_is_evicted_by_a_check_comes_back() {
        var bot = connected();
        context.store().remove("holder");

        assertThat(make(PlayedBotServer.SECRET).check()).isEqualTo(new CheckResult.Fine());

        Await.until("it is back", () -> server.logins() == 3);
        Await.until("it answers", () -> bot.deliver(saying("d1", ANNA, "Hello.")) instanceof Delivered.Done);
    }

    @Test
    void a_check_names_the_address_that_cannot_be_reached() {
        assertThat(problem(make(Map.of("connection-address", "http://127.0.0.1:1")))
                        .setting())
                .isEqualTo("connection-address");
        assertThat(problem(make(Map.of("connection-address", "https://elsewhere.example")))
                        .text())
                .hasToString("elsewhere.example may not be called");
    }

    private static CheckResult.Problem problem(ConnectedBot bot) {
        return ((CheckResult.Wrong) bot.check()).problems().getFirst();
    }

    private static Draft draft(String text) {
        return new Draft("a1", ANNA, "m1", 1, text);
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

    private Delivery saying(String id, String thread, String text) {
        return new Delivery(
                id,
                thread,
                "",
                LI,
                List.of(new Part.Text(text)),
                1,
                context.clock().instant());
    }

    private static Delivered unknown() {
        return new Delivered.Unknown(Ack.Silent.IN_DOUBT, false);
    }
}
