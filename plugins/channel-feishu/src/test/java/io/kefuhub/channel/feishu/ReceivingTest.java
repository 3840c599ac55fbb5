package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.kit.FakeInbox;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceivingTest {
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);
    private final Channel channel = wired.byWebhook();

    ReceivingTest() throws IOException {}

    @BeforeEach
    void start() throws InterruptedException {
        channel.listen();
        until(() -> !platform.calls("GET", "/open-apis/bot/v3/info").isEmpty());
    }

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    // Groups

    @Test
    void a_group_is_heard_only_where_the_bot_is_meant() throws InterruptedException {
        knowsItself();

        assertThat(brought(Told.text("om_1", "大家好").inGroup())).isEmpty();
        assertThat(brought(Told.text("om_2", "@_all 通知").inGroup())).isEmpty();
        assertThat(brought(Told.text("om_3", "@_user_1 你好").inGroup().mentioning("@_user_1", "ou_li", "李四")))
                .isEmpty();

        assertThat(brought(called("om_4", "@_user_1 订单呢"))).singleElement().satisfies(message -> {
            assertThat(message.parts()).containsExactly(new Part.Text("订单呢"));
            assertThat(message.thread()).isEqualTo(Told.CHAT + "/" + Told.PERSON);
            assertThat(message.contact().subject()).isEqualTo(Told.PERSON);
            assertThat(message.contact().verified()).isTrue();
            assertThat(message.at()).isEqualTo(FakeClock.START);
        });
    }

    @Test
    void a_topic_is_a_conversation_of_its_own() throws InterruptedException {
        knowsItself();

        assertThat(brought(called("om_1", "@_user_1 在吗").inTopic("omt_7")))
                .extracting(Incoming::thread)
                .containsExactly(Told.CHAT + "/omt_7/" + Told.PERSON);
    }

    @Test
    void a_reply_to_what_the_bot_said_is_meant_for_it() throws InterruptedException {
        knowsItself();
        brought(called("om_1", "@_user_1 你好"));
        var hub = said(Told.CHAT + "/" + Told.PERSON, "om_1", "您好");

        var messages = brought(Told.text("om_2", "那运费呢").inGroup().replyingTo(hub));

        assertThat(messages).hasSize(1);
    }

    @Test
    void apps_are_not_answered() {
        assertThat(brought(Told.text("om_1", "你好").by("cli_other", "app"))).isEmpty();
    }

    // Ids

    @Test
    void one_message_under_two_event_ids_is_one_message() {
        var first = brought(Told.text("om_1", "你好").asEvent("e1"));
        var second = brought(Told.text("om_1", "你好").asEvent("e2"));

        assertThat(second)
                .extracting(Incoming::externalId)
                .isEqualTo(ids(first))
                .containsExactly("om_1");
    }

    @Test
    void an_edit_changes_the_message_and_is_none_of_its_own() {
        store(brought(Told.text("om_1", "两件")));

        assertThat(brought(Told.text("om_1", "三件").edited(5_000))).isEmpty();

        assertThat(wired.fake.inbox().revisions())
                .containsExactly(
                        new FakeInbox.Revised("om_1", List.of(new Part.Text("三件")), FakeClock.START.plusSeconds(5)));
        assertThat(wired.fake.conversations().incoming()).hasSize(1);
    }

    @Test
    void what_concerns_the_bot_only_since_it_was_edited_is_a_message_like_any_other() throws InterruptedException {
        knowsItself();
        assertThat(brought(Told.text("om_1", "订单呢").inGroup())).isEmpty();

        brought(called("om_1", "@_user_1 订单呢").edited(5_000));

        assertThat(wired.fake.conversations().incoming()).singleElement().satisfies(message -> {
            assertThat(message.externalId()).isEqualTo("om_1");
            assertThat(message.parts()).containsExactly(new Part.Text("订单呢"));
        });
    }

    @Test
    void an_edit_that_was_not_stored_is_refused_so_that_it_comes_again() {
        store(brought(Told.text("om_1", "两件")));
        wired.fake.inbox().refuseNext("the database is away", true);

        assertThatThrownBy(() -> brought(Told.text("om_1", "三件").edited(5_000)))
                .isInstanceOf(UnavailableException.class);
        brought(Told.text("om_1", "三件").edited(5_000));

        assertThat(wired.fake.inbox().revisions()).hasSize(1);
    }

    @Test
    void a_message_that_is_taken_back_is_told_to_the_hub_until_that_is_stored() {
        store(brought(Told.text("om_1", "密码是 hunter2")));
        var recalled = Map.of("message_id", "om_1", "chat_id", Told.CHAT, "recall_time", "1767225605000");
        wired.fake.inbox().refuseNext("the database is away", true);

        assertThatThrownBy(() -> take("im.message.recalled_v1", "e2", recalled))
                .isInstanceOf(UnavailableException.class);
        take("im.message.recalled_v1", "e2", recalled);

        assertThat(wired.fake.inbox().revisions())
                .containsExactly(new FakeInbox.Revised("om_1", List.of(), Instant.ofEpochMilli(1767225605000L)));
    }

    @Test
    void a_quote_of_something_known_is_told_by_the_hubs_id() {
        var first = store(brought(Told.text("om_1", "两件")));

        assertThat(brought(Told.text("om_2", "这个").replyingTo("om_1")))
                .extracting(Incoming::replyTo)
                .containsExactly(Optional.of(first));
    }

    @Test
    void a_quote_of_something_unknown_is_fetched_and_told_in_words() throws InterruptedException {
        platform.item("om_old", Json.object("""
                {"items":[{"message_id":"om_old","msg_type":"text","body":{"content":"{\\"text\\":\\"满 99 包邮\\"}"},
                "sender":{"id":"ou_x","sender_type":"user"}}]}""").orElseThrow());

        assertThat(brought(Told.text("om_2", "还有效吗").replyingTo("om_old"))).isEmpty();

        assertThat(arrived().parts()).containsExactly(new Part.Text("「满 99 包邮」"), new Part.Text("还有效吗"));
    }

    @Test
    void what_was_forwarded_is_told_in_words() throws InterruptedException {
        platform.item("om_1", Json.object("""
                {"items":[{"message_id":"om_1","msg_type":"merge_forward","body":{"content":"x"}},
                {"message_id":"om_a","msg_type":"text","body":{"content":"{\\"text\\":\\"第一句\\"}"}},
                {"message_id":"om_b","msg_type":"image","body":{"content":"{\\"image_key\\":\\"k\\"}"}}]}""").orElseThrow());

        brought(Told.of("om_1", "merge_forward", Map.of("content", "Merged and Forwarded Message")));

        assertThat(arrived().parts()).containsExactly(new Part.Text("[转发 / forwarded]\n第一句\n[image]"));
    }

    // Files

    @Test
    void a_picture_is_fetched_before_it_is_brought_in() throws InterruptedException {
        platform.resource("img_1", file(PNG));

        assertThat(brought(Told.of("om_1", "image", Map.of("image_key", "img_1"))))
                .isEmpty();

        assertThat(arrived().parts()).singleElement().isInstanceOfSatisfying(Part.Media.class, media -> {
            assertThat(media.kind()).isEqualTo(Part.Media.Kind.IMAGE);
            assertThat(wired.fake.files().find(media.file().id())).isPresent();
        });
        assertThat(platform.calls("GET", "/open-apis/im/v1/messages/om_1/resources/img_1?type=image"))
                .hasSize(1);
    }

    @Test
    void what_follows_a_picture_waits_behind_it() throws InterruptedException {
        platform.resource(
                "img_1",
                file(PNG).newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build());

        brought(Told.of("om_1", "image", Map.of("image_key", "img_1")));
        assertThat(brought(Told.text("om_2", "这个多少钱"))).isEmpty();

        until(() -> wired.fake.conversations().incoming().size() == 2);
        assertThat(ids(wired.fake.conversations().incoming())).containsExactly("om_1", "om_2");
    }

    @Test
    void a_file_that_fails_for_a_moment_is_fetched_again() throws InterruptedException {
        platform.refuse("GET", "/open-apis/im/v1/messages/om_1/resources", 503, 503, "busy");
        platform.resource("f1", file("text".getBytes(StandardCharsets.UTF_8)));

        brought(Told.of("om_1", "file", Map.of("file_key", "f1", "file_name", "a.txt")));

        assertThat(arrived().parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.Media.class,
                        media -> assertThat(media.file().name()).isEqualTo("a.txt"));
    }

    @Test
    void a_file_that_cannot_be_had_is_kept_by_its_type() throws InterruptedException {
        brought(Told.of("om_1", "image", Map.of("image_key", "gone")));

        assertThat(arrived().parts()).containsExactly(new Part.Unsupported("image"));
    }

    @Test
    void a_message_that_a_restart_interrupted_is_brought_in_by_the_next_generation() throws InterruptedException {
        platform.resource(
                "img_1", file(PNG).newBuilder().headersDelay(1, TimeUnit.HOURS).build());
        brought(Told.of("om_1", "image", Map.of("image_key", "img_1")));
        until(() -> !platform.calls("GET", "/open-apis/im/v1/messages/om_1/resources")
                .isEmpty());
        platform.resource("img_1", file(PNG));
        var kept = wired.fake.store().contents();
        assertThat(kept).containsKey("waiting");

        try (var after = new Wired(platform)) {
            kept.forEach((key, value) -> after.fake.store().put(key, value, Duration.ofDays(1)));
            after.byWebhook().listen();

            until(() -> !after.fake.conversations().incoming().isEmpty());
            assertThat(ids(after.fake.conversations().incoming())).containsExactly("om_1");
            until(() -> !after.fake.store().contents().containsKey("event:om_1"));
        }
    }

    @Test
    void a_message_that_could_not_be_stored_is_brought_in_again() throws InterruptedException {
        platform.resource("img_1", file(PNG));
        wired.fake.inbox().refuseNext("the database is away", true);

        brought(Told.of("om_1", "image", Map.of("image_key", "img_1")));

        assertThat(arrived().externalId()).isEqualTo("om_1");
    }

    @Test
    void a_message_taken_back_before_it_was_whole_is_not_brought_in() throws InterruptedException {
        platform.refuse("GET", "/open-apis/im/v1/messages/om_1/resources", 503, 503, "busy");
        platform.resource("img_1", file(PNG));
        brought(Told.of("om_1", "image", Map.of("image_key", "img_1")));

        take("im.message.recalled_v1", "e2", Map.of("message_id", "om_1", "chat_id", Told.CHAT));
        // Behind the other, or at once where that has come to its end.
        store(brought(Told.text("om_2", "算了")));

        until(() -> !wired.fake.conversations().incoming().isEmpty());
        assertThat(ids(wired.fake.conversations().incoming())).doesNotContain("om_1");
    }

    // What is done without words

    @Test
    void a_thumb_is_what_the_customer_thinks_of_that_message_once() {
        var asked = store(brought(Told.text("om_1", "你好")));
        var conversation = conversation();
        var id = wired.fake.conversations().botSays(conversation, "您好");
        var platformId = deliver(id, Told.CHAT, "om_1", "您好");

        for (var event : List.of("e2", "e2")) {
            take(
                    "im.message.reaction.created_v1",
                    event,
                    Map.of(
                            "message_id",
                            platformId,
                            "operator_type",
                            "user",
                            "reaction_type",
                            Map.of("emoji_type", "ThumbsDown")));
        }

        assertThat(wired.fake.inbox().ratings())
                .containsExactly(new FakeInbox.Rating(Told.CHAT, Optional.of(id), 1, ""));
        assertThat(asked).isNotEmpty();
    }

    @Test
    void what_was_read_is_marked_as_read() {
        store(brought(Told.text("om_1", "你好")));
        var id = wired.fake.conversations().botSays(conversation(), "您好");
        var platformId = deliver(id, Told.CHAT, "om_1", "您好");

        take("im.message.message_read_v1", "e2", Map.of("message_id_list", List.of(platformId)));

        assertThat(thread().customerReadSeq()).isEqualTo(thread().lastSeq());
    }

    @Test
    void a_button_says_its_text_once_however_often_it_is_pressed() {
        var value = button(Told.CHAT);

        var first = pressed(value, Told.PERSON, Told.CHAT, "e1");
        var second = pressed(value, Told.PERSON, Told.CHAT, "e2");

        assertThat(first.messages()).singleElement().satisfies(message -> {
            assertThat(message.parts()).containsExactly(new Part.Text("退货"));
            assertThat(message.thread()).isEqualTo(Told.CHAT);
        });
        assertThat(ids(second.messages())).isEqualTo(ids(first.messages()));
        assertThat(body(first.reply()).object("toast").orElseThrow().text("type", ""))
                .isEqualTo("success");
    }

    @Test
    void a_button_that_was_changed_carried_away_or_meant_for_another_says_nothing() {
        var value = button(Told.CHAT + "/" + Told.PERSON);

        assertThat(toast(value.substring(1), Told.PERSON, Told.CHAT)).isEqualTo("error");
        assertThat(toast(value, Told.PERSON, "oc_other")).isEqualTo("error");
        assertThat(toast(value, "ou_other", Told.CHAT)).isEqualTo("info");
    }

    @Test
    void events_that_nobody_waits_for_are_answered() {
        for (var type : List.of("im.chat.member.bot.added_v1", "something.new_v9", "")) {
            assertThat(channel.receive(Sealed.call(Told.event("e", type, Map.of()), FakeClock.START)
                            .call()))
                    .isInstanceOf(Receipt.Answered.class);
        }
    }

    // People

    @Test
    void a_customer_is_labelled_with_name_and_mail_and_asked_about_once() throws InterruptedException {
        store(brought(Told.text("om_1", "你好")));
        until(() -> wired.fake
                .conversations()
                .contact(Told.PERSON)
                .filter(contact -> contact.name().equals("张三"))
                .isPresent());

        assertThat(wired.fake.conversations().contact(Told.PERSON).orElseThrow().attributes())
                .containsEntry("email", "zhang@example.com");
        assertThat(brought(Told.text("om_2", "在吗")))
                .allSatisfy(message -> assertThat(message.contact().name()).isEqualTo("张三"));
        assertThat(platform.calls("GET", "/open-apis/contact/v3/users/")).hasSize(1);
    }

    @Test
    void without_the_scope_for_names_nobody_is_asked_about_for_an_hour() throws InterruptedException {
        platform.refuse(
                "GET", "/open-apis/contact/v3/users/", 400, 99991672, "Access denied. [contact:user.base:readonly]");
        brought(Told.text("om_1", "你好"));
        until(() -> !platform.calls("GET", "/open-apis/contact/v3/users/").isEmpty());
        until(() -> wired.fake.store().contents().containsKey("sign:" + Told.CHAT));
        until(() -> wired.fake.tasks().underWay() == 2);

        brought(Told.text("om_2", "你好").by("ou_other", "user"));
        until(() -> wired.fake.tasks().underWay() == 2);

        assertThat(platform.calls("GET", "/open-apis/contact/v3/users/")).hasSize(1);
    }

    // Signs

    @Test
    void a_sign_of_typing_comes_with_the_question_and_goes_with_the_answer() throws InterruptedException {
        store(brought(Told.text("om_1", "你好")));
        until(() -> wired.fake.store().contents().containsKey("sign:" + Told.CHAT));
        assertThat(platform.calls("POST", "/open-apis/im/v1/messages/om_1/reactions"))
                .singleElement()
                .satisfies(call -> assertThat(call.text()).contains("Typing"));

        deliver("d1", Told.CHAT, "om_1", "您好");

        until(() -> !platform.calls("DELETE", "/open-apis/im/v1/messages/om_1/reactions/r_")
                .isEmpty());
    }

    @Test
    void a_sign_of_typing_goes_after_two_minutes_without_an_answer() throws InterruptedException {
        store(brought(Told.text("om_1", "你好")));
        until(() -> wired.fake.store().contents().containsKey("sign:" + Told.CHAT));

        wired.fake.clock().move(Duration.ofMinutes(2).plusSeconds(1));

        until(() -> !platform.calls("DELETE", "/open-apis/im/v1/messages/om_1/reactions/r_")
                .isEmpty());
    }

    @Test
    void while_a_person_answers_no_sign_is_shown() throws InterruptedException {
        store(brought(Told.text("om_1", "你好")));
        until(() -> wired.fake.store().contents().containsKey("sign:" + Told.CHAT));
        deliver("d1", Told.CHAT, "om_1", "您好");
        wired.fake.conversations().change(conversation(), Timeline.State.WITH_AGENT, "小李");

        brought(Told.text("om_2", "谢谢"));
        until(() -> wired.fake.tasks().underWay() == 1);

        assertThat(platform.calls("POST", "/open-apis/im/v1/messages/om_2/reactions"))
                .isEmpty();
    }

    // How it is told

    private void knowsItself() throws InterruptedException {
        until(() -> wired.fake.tasks().underWay() == 1);
    }

    private static Told called(String id, String text) {
        return Told.text(id, text).inGroup().mentioning("@_user_1", PlayedPlatform.BOT, "客服");
    }

    private List<Incoming> brought(Told told) {
        return switch (channel.receive(Sealed.call(told.json(), FakeClock.START).call())) {
            case Receipt.Accepted(var messages, var _) -> messages;
            case Receipt.Answered _ -> List.of();
            case Receipt other -> throw new AssertionError(other);
        };
    }

    private Receipt take(String type, String event, Map<String, ?> body) {
        return channel.receive(
                Sealed.call(Told.event(event, type, body), FakeClock.START).call());
    }

    /** Stores as the hub does; returns its id of the last. */
    private String store(List<Incoming> messages) {
        var id = "";
        for (var message : messages) {
            if (wired.fake.inbox().accept(message) instanceof Inbox.Accepted.Stored stored) {
                id = stored.messageId();
            }
        }
        return id;
    }

    private Incoming arrived() throws InterruptedException {
        until(() -> !wired.fake.conversations().incoming().isEmpty());
        return wired.fake.conversations().incoming().getFirst();
    }

    private Timeline.Thread thread() {
        return wired.fake.timeline().find(Told.CHAT).orElseThrow();
    }

    private String conversation() {
        return thread().conversationId();
    }

    private String said(String thread, String replyTo, String text) {
        return deliver("d-" + text, thread, replyTo, text);
    }

    private String deliver(String id, String thread, String replyTo, String text) {
        var delivery =
                new Delivery(id, thread, replyTo, new Author.Bot(), List.of(new Part.Text(text)), 1, FakeClock.START);
        assertThat(channel.deliver(delivery)).isInstanceOf(Delivered.Done.class);
        return platform.calls("POST", "/open-apis/im/v1/messages").isEmpty() ? "" : lastBotMessage();
    }

    private String lastBotMessage() {
        return platform.last();
    }

    private String button(String thread) {
        var menu = new Part.Menu("哪一个？", List.of(new Part.Menu.Option("1", "退货")));
        channel.deliver(new Delivery("d1", thread, "om_1", new Author.Bot(), List.of(menu), 1, FakeClock.START));
        var card = platform.lastContent();
        return card.object("body")
                .orElseThrow()
                .objects("elements")
                .getLast()
                .objects("behaviors")
                .getFirst()
                .object("value")
                .orElseThrow()
                .text("choice", "");
    }

    private Receipt press(String value, String person, String chat, String event) {
        return take(
                "card.action.trigger",
                event,
                Map.of(
                        "operator", Map.of("open_id", person),
                        "action", Map.of("tag", "button", "value", Map.of("choice", value)),
                        "context", Map.of("open_chat_id", chat, "open_message_id", "om_x")));
    }

    private Receipt.Accepted pressed(String value, String person, String chat, String event) {
        return (Receipt.Accepted) press(value, person, chat, event);
    }

    private String toast(String value, String person, String chat) {
        var answered = (Receipt.Answered) press(value, person, chat, "e");
        return body(answered.reply()).object("toast").orElseThrow().text("type", "");
    }

    private static JsonObject body(WebReply reply) {
        var bytes = ((WebReply.Body.Bytes) reply.body()).value();
        return Json.object(new String(bytes, StandardCharsets.UTF_8)).orElseThrow();
    }

    private static List<String> ids(List<Incoming> messages) {
        return messages.stream().map(Incoming::externalId).toList();
    }

    private static MockResponse file(byte[] bytes) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/octet-stream")
                .body(new Buffer().write(bytes))
                .build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        Waits.until(condition);
    }
}
