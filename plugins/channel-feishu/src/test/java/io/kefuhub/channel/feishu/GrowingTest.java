package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrowingTest {
    private static final String CARDS = "/open-apis/cardkit/v1/cards";

    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);
    private final Channel channel = wired.byWebhook();

    GrowingTest() throws IOException {}

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    @Test
    void an_answer_grows_in_one_card_and_ends_whole() {
        draft(channel, 1, "您的");
        draft(channel, 2, "您的订单");
        var done = deliver(channel, "您的订单 *今天* 到。");

        assertThat(done).isEqualTo(new Delivered.Done(platform.last()));
        assertThat(platform.shown(Told.CHAT)).hasSize(1);
        assertThat(lastContent()).isEqualTo("您的订单 &#42;今天&#42; 到。");
        assertThat(platform.calls("PATCH", CARDS)).singleElement().satisfies(call -> {
            assertThat(call.path()).endsWith("/settings");
            assertThat(call.body().text("settings")).contains("{\"config\":{\"streaming_mode\":false}}");
        });
        assertThat(wired.fake.store().contents().keySet()).noneMatch(key -> key.startsWith("card:"));
    }

    @Test
    void numbers_of_changes_rise_over_a_swap() {
        draft(channel, 1, "一");
        draft(channel, 2, "一二");
        channel.close();
        var next = wired.byWebhook();
        draft(next, 3, "一二三");
        deliver(next, "一二三四");

        assertThat(sequences()).isSorted().doesNotHaveDuplicates().hasSize(4);
        assertThat(platform.shown(Told.CHAT)).hasSize(1);
    }

    @Test
    void an_answer_that_a_restart_cut_off_goes_on_in_its_card() {
        draft(channel, 1, "一");

        try (var after = new Wired(platform)) {
            wired.fake
                    .store()
                    .contents()
                    .forEach((key, value) -> after.fake.store().put(key, value, Duration.ofDays(1)));
            var next = after.byWebhook();
            draft(next, 1, "一二");
            deliver(next, "一二三");
        }

        assertThat(platform.shown(Told.CHAT)).containsExactly("一二三");
        assertThat(platform.calls("POST", CARDS)).hasSize(1);
    }

    @Test
    void a_number_that_the_platform_has_seen_is_leapt_over() {
        draft(channel, 1, "一");
        platform.raise("card_1", 40);

        assertThat(draft(channel, 2, "一二")).isInstanceOf(Delivered.Done.class);
        assertThat(deliver(channel, "一二三")).isInstanceOf(Delivered.Done.class);

        assertThat(platform.shown(Told.CHAT)).containsExactly("一二三");
    }

    @Test
    void a_card_whose_streaming_has_closed_is_replaced_as_a_whole() {
        draft(channel, 1, "一");
        platform.refuse("PUT", CARDS + "/card_1/elements", 400, 300309, "streaming mode is closed");

        assertThat(deliver(channel, "一二三")).isInstanceOf(Delivered.Done.class);

        assertThat(platform.shown(Told.CHAT)).containsExactly("一二三");
        assertThat(platform.calls("PUT", CARDS + "/card_1").getLast().path()).isEqualTo(CARDS + "/card_1");
    }

    @Test
    void a_card_that_takes_nothing_more_makes_way_for_a_message() {
        draft(channel, 1, "一");
        platform.refuse("PUT", CARDS + "/card_1/elements", 400, 200740, "card entity does not exist");
        platform.refuse("PUT", CARDS + "/card_1", 400, 200740, "card entity does not exist");

        assertThat(deliver(channel, "一二三")).isInstanceOf(Delivered.Done.class);

        assertThat(platform.shown(Told.CHAT)).containsExactly("一二三");
        assertThat(platform.messages(Told.CHAT))
                .extracting(PlayedPlatform.Message::type)
                .containsExactly("text");
    }

    @Test
    void the_last_change_is_tried_again_until_it_is_there() {
        draft(channel, 1, "一");
        platform.refuse("PUT", CARDS + "/card_1/elements", 500, 1663, "internal");
        assertThat(deliver(channel, "一二三")).isInstanceOf(Delivered.RetryLater.class);

        assertThat(deliver(channel, "一二三")).isInstanceOf(Delivered.Done.class);

        assertThat(platform.shown(Told.CHAT)).containsExactly("一二三");
    }

    @Test
    void an_answer_that_does_not_come_is_taken_back() {
        draft(channel, 1, "一");

        assertThat(draft(channel, 2, "")).isInstanceOf(Delivered.Done.class);

        assertThat(platform.shown(Told.CHAT)).isEmpty();
    }

    @Test
    void without_the_scope_for_cards_answers_are_sent_whole() {
        platform.refuse("POST", CARDS, 400, 99991672, "Access denied. [cardkit:card:write]");

        assertThat(draft(channel, 1, "一")).isInstanceOf(Delivered.Misconfigured.class);
        assertThat(draft(channel, 2, "一二")).isInstanceOf(Delivered.Undeliverable.class);
        assertThat(deliver(channel, "一二三")).isInstanceOf(Delivered.Done.class);

        assertThat(platform.calls("POST", CARDS)).hasSize(1);
        assertThat(platform.messages(Told.CHAT))
                .extracting(PlayedPlatform.Message::type)
                .containsExactly("text");
    }

    @Test
    void a_card_whose_answer_never_ended_stops_typing() throws InterruptedException {
        draft(channel, 1, "一");
        channel.listen();

        wired.fake.clock().move(Duration.ofMinutes(12));

        Waits.until(() -> !platform.calls("PATCH", CARDS + "/card_1/settings").isEmpty());
    }

    @Test
    void without_cards_an_answer_goes_in_three_messages_at_most_that_are_texts_of_their_own() {
        var plain = wired.byWebhook("streaming", "false");

        assertThat(plain.abilities().streaming()).isEqualTo(new Abilities.Streaming.Chunks(3));
        for (var text : List.of("一。", "二。", "三。")) {
            assertThat(deliver(plain, "d-" + text, text)).isInstanceOf(Delivered.Done.class);
            // As after a crash: the platform recognises it.
            deliver(plain, "d-" + text, text);
        }

        assertThat(platform.shown(Told.CHAT)).containsExactly("一。", "二。", "三。");
        assertThat(platform.calls("POST", CARDS)).isEmpty();
    }

    private static Delivered draft(Channel channel, int number, String text) {
        return channel.revise(new Draft("answer-1", Told.CHAT, "om_1", number, text));
    }

    private static Delivered deliver(Channel channel, String text) {
        return deliver(channel, "d1", text);
    }

    private static Delivered deliver(Channel channel, String id, String text) {
        return channel.deliver(new Delivery(
                id, Told.CHAT, "om_1", new Author.Bot(), List.of(new Part.Text(text)), 1, FakeClock.START, "answer-1"));
    }

    private String lastContent() {
        return platform.calls("PUT", CARDS).getLast().body().text("content", "");
    }

    private List<Long> sequences() {
        return Stream.concat(platform.calls("PUT", CARDS).stream(), platform.calls("PATCH", CARDS).stream())
                .map(call -> call.body().number("sequence", 0))
                .toList();
    }
}
