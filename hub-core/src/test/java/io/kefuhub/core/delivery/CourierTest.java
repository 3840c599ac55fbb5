package io.kefuhub.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Abilities.Repeats;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.ChannelWatch;
import io.kefuhub.core.web.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CourierTest {
    private static final int MORE_THAN_GUARD_LETS_IN = 300;
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Passes in a test, and is long enough for a busy machine to answer within. */
    private static final Duration PASSES = Duration.ofMillis(2_500);

    private static final RetryPlan SOON =
            new RetryPlan(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofHours(1));

    private final ConversationFixture fixture = new ConversationFixture();
    private final Guard guard = new Guard();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Courier> couriers = new ArrayList<>();

    @AfterEach
    void close() {
        end.countDown();
        couriers.forEach(Courier::close);
        guard.close();
        fixture.close();
    }

    /** What goes wrong with a call whose reply may have arrived. */
    enum Trouble {
        LATE,
        THROWS
    }

    @ParameterizedTest
    @EnumSource
    void a_platform_that_recognises_repeats_is_asked_again_after(Trouble trouble) throws Exception {
        var channel = new Scripted(Repeats.RECOGNISED, doing(trouble), () -> new Delivered.Done("p1"));
        courier(channel, deadline(trouble));

        var reply = say();

        assertThat(ended(reply).state()).isEqualTo(MessageState.SENT);
        assertThat(channel.ids()).containsExactly(reply.toString(), reply.toString());
    }

    @ParameterizedTest
    @EnumSource
    void a_platform_that_would_show_a_repeat_is_not_asked_again_and_agents_are_told_after(Trouble trouble)
            throws Exception {
        var channel = new Scripted(Repeats.NOT_RECOGNISED, doing(trouble), () -> new Delivered.Done("p1"));
        courier(channel, deadline(trouble));

        var reply = ended(say());

        assertThat(reply.state()).isEqualTo(MessageState.FAILED);
        assertThat(trace(reply).get("mayHaveArrived").asBoolean()).isTrue();
        assertThat(trace(reply).get("failure").asText())
                .contains(trouble == Trouble.LATE ? "no answer after" : "IllegalStateException");
        assertThat(ended(say()).state()).as("the next reply").isEqualTo(MessageState.SENT);
        assertThat(channel.ids()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void what_a_platform_certainly_did_not_take_is_handed_over_again_whatever_it_makes_of_repeats() throws Exception {
        var channel = new Scripted(
                Repeats.NOT_RECOGNISED,
                () -> new Delivered.RetryLater(Duration.ofMillis(1), "busy"),
                () -> new Delivered.Done("p1"));
        courier(channel);

        assertThat(ended(say()).state()).isEqualTo(MessageState.SENT);
        assertThat(channel.ids()).hasSize(2);
    }

    @Test
    void what_can_never_arrive_has_failed_for_a_reason_that_agents_see_and_certainly() throws Exception {
        courier(new Scripted(
                Repeats.NOT_RECOGNISED,
                () -> new Delivered.Undeliverable(Localized.of("gone\0 \ud800for good", "再也\0无法送达"))));

        var reply = ended(say());

        assertThat(reply.state()).isEqualTo(MessageState.FAILED);
        assertThat(trace(reply).get("failure").asText()).isEqualTo("gone for good");
        assertThat(trace(reply).at("/failureIn/zh-CN").asText()).isEqualTo("再也无法送达");
        assertThat(trace(reply).has("mayHaveArrived")).isFalse();
    }

    @Test
    void a_reply_that_was_under_way_when_the_hub_was_killed_is_not_shown_twice() throws Exception {
        var killed = new Scripted(Repeats.NOT_RECOGNISED, this::hang);
        courier(killed);
        var reply = say();
        killed.awaitCall();

        var next = new Scripted(Repeats.NOT_RECOGNISED, () -> new Delivered.Done("p1"));
        courier(next).recover();

        assertThat(ended(reply).state()).isEqualTo(MessageState.FAILED);
        assertThat(trace(ended(reply)).get("mayHaveArrived").asBoolean()).isTrue();
        assertThat(next.ids()).isEmpty();
    }

    @Test
    void a_reply_that_was_under_way_to_a_platform_that_recognises_repeats_is_handed_over_again() throws Exception {
        var killed = new Scripted(Repeats.RECOGNISED, this::hang);
        courier(killed);
        var reply = say();
        killed.awaitCall();

        var next = new Scripted(Repeats.RECOGNISED, () -> new Delivered.Done("p1"));
        courier(next).recover();

        assertThat(ended(reply).state()).isEqualTo(MessageState.SENT);
        assertThat(next.ids()).containsExactly(reply.toString());
    }

    @Test
    void what_waited_until_its_window_had_closed_is_not_handed_over_any_more() throws Exception {
        var channel = new Scripted(Repeats.RECOGNISED, () -> new Delivered.Done("p1"));
        channel.window = Duration.ZERO;
        courier(channel);

        var reply = ended(say());

        assertThat(reply.state()).isEqualTo(MessageState.FAILED);
        assertThat(trace(reply).get("failure").asText()).contains("until they write again");
        assertThat(channel.ids()).isEmpty();
    }

    @Test
    void a_text_is_handed_over_in_pieces_that_the_channel_takes_and_with_the_time_of_the_customers_last_message()
            throws Exception {
        var channel = new Scripted(Repeats.RECOGNISED, () -> new Delivered.Done("p1"));
        channel.textLimit = 4;
        courier(channel);
        var before = Instant.now();

        ended(say());

        var delivery = channel.deliveries().getFirst();
        assertThat(delivery.parts()).containsExactly(new Part.Text("hell"), new Part.Text("o"));
        assertThat(delivery.lastHeard()).isBetween(before.minusMillis(1), Instant.now());
        var later = Instant.now();
        ended(sayMore());
        assertThat(channel.deliveries().getLast().lastHeard())
                .as("what the hub says does not count")
                .isEqualTo(delivery.lastHeard())
                .isBefore(later);
    }

    @Test
    void a_reply_that_waits_is_not_handed_over_once_its_question_was_taken_back_and_the_next_one_is() throws Exception {
        var channel = new Scripted(
                Repeats.RECOGNISED,
                () -> new Delivered.RetryLater(Duration.ofMillis(20), "busy"),
                () -> {
                    takesBack();
                    return new Delivered.RetryLater(Duration.ofMillis(1), "busy");
                },
                () -> new Delivered.Done("p1"));
        courier(channel);

        var reply = ended(answerTheQuestion());

        assertThat(reply.state()).isEqualTo(MessageState.DISCARDED);
        assertThat(trace(reply).get("unsent").asText()).isEqualTo("taken-back");
        assertThat(channel.ids()).hasSize(2);
        assertThat(ended(sayMore()).state()).isEqualTo(MessageState.SENT);
    }

    @Test
    void of_a_burst_those_for_whom_there_is_no_room_wait_and_none_is_turned_away() throws Exception {
        var channel = new Scripted(Repeats.NOT_RECOGNISED, this::untilTheEnd);
        courier(channel);
        var replies = new ArrayList<MessageId>();
        for (var i = 0; i < MORE_THAN_GUARD_LETS_IN; i++) replies.add(sayIn(conversation("customer-" + i)));
        channel.awaitCalls(Permits.MOST);

        end.countDown();

        for (var reply : replies) assertThat(ended(reply).state()).isEqualTo(MessageState.SENT);
        assertThat(channel.deliveries())
                .hasSize(MORE_THAN_GUARD_LETS_IN)
                .allSatisfy(delivery -> assertThat(delivery.attempt()).isEqualTo(1));
    }

    @Test
    void what_a_customer_takes_back_while_it_waits_for_room_is_not_handed_over() throws Exception {
        var channel = new Scripted(Repeats.NOT_RECOGNISED, this::untilTheEnd);
        courier(channel);
        for (var i = 0; i < Permits.MOST; i++) sayIn(conversation("customer-" + i));
        channel.awaitCalls(Permits.MOST);
        var reply = answerTheQuestion();

        takesBack();
        end.countDown();

        assertThat(ended(reply).state()).isEqualTo(MessageState.DISCARDED);
        assertThat(channel.ids()).doesNotContain(reply.toString());
    }

    private Delivered untilTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Delivered.Done("p");
    }

    private MessageId answerTheQuestion() {
        var conversation = fixture.says("anna", "the question", "hello?")
                .join()
                .conversation()
                .id();
        var question = fixture.database
                .read(db -> new Messages().find(db, new Messages.Key(fixture.channel, "the question")))
                .orElseThrow()
                .message();
        return sayIn(conversation, Optional.of(question.id()));
    }

    private void takesBack() {
        fixture.journal
                .revise(new Messages.Key(fixture.channel, "the question"), new Revision.TakenBack(Instant.now()))
                .join();
    }

    private Supplier<Delivered> doing(Trouble trouble) {
        return switch (trouble) {
            case LATE -> this::hang;
            case THROWS ->
                () -> {
                    throw new IllegalStateException("a defect");
                };
        };
    }

    private Delivered hang() {
        while (end.getCount() > 0) LockSupport.parkNanos(1_000_000);
        return new Delivered.Done("too late");
    }

    private static Duration deadline(Trouble trouble) {
        return trouble == Trouble.LATE ? PASSES : LONG;
    }

    private Courier courier(Scripted channel) {
        return courier(channel, LONG);
    }

    private Courier courier(Scripted channel, Duration deadline) {
        Slot<Channel> slot = Foreign.slot(Kind.CHANNEL, "wk_test", channel, deadline);
        couriers.forEach(Courier::close);
        var courier = new Courier(
                fixture.database,
                fixture.journal,
                guard,
                _ -> Optional.of(slot),
                Clock.systemUTC(),
                SOON,
                fixture.commits,
                new ChannelWatch(Clock.systemUTC()));
        couriers.add(courier);
        return courier;
    }

    private MessageId say() {
        return sayIn(conversation());
    }

    /** In the conversation of the customer who has written before. */
    private MessageId sayMore() {
        return sayIn(fixture.database
                .read(db -> new Conversations().find(db, fixture.channel, "anna"))
                .orElseThrow()
                .id());
    }

    private MessageId sayIn(ConversationId conversation) {
        return sayIn(conversation, Optional.empty());
    }

    private MessageId sayIn(ConversationId conversation, Optional<MessageId> question) {
        var id = new MessageId(fixture.ids.next());
        fixture.journal
                .write(
                        conversation,
                        Step.of(page -> page.say(new Utterance(
                                id,
                                Speaker.BOT,
                                List.of(new Part.Text("hello")),
                                MessageState.READY,
                                id.toString(),
                                question,
                                Optional.of("{\"outcome\":\"answered\"}")))))
                .join();
        return id;
    }

    private ConversationId conversation() {
        return conversation("anna");
    }

    private ConversationId conversation(String customer) {
        return fixture.says(customer, "q" + fixture.ids.next(), "hello?")
                .join()
                .conversation()
                .id();
    }

    private StoredMessage ended(MessageId id) {
        var limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            var message =
                    fixture.database.read(db -> new Messages().find(db, id)).orElseThrow();
            if (message.state() != MessageState.READY) return message;
            assertThat(System.nanoTime()).as("the reply comes to its end").isLessThan(limit);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static JsonNode trace(StoredMessage message) {
        var trace = Json.tree(message.trace().orElseThrow());
        assertThat(trace.get("outcome").asText())
                .as("what the trace said before")
                .isEqualTo("answered");
        return trace;
    }

    /** Answers as it was told to, and with the last answer for ever after. */
    private static final class Scripted implements Channel {
        private final Repeats repeats;
        private final Queue<Supplier<Delivered>> script;
        private final List<Delivery> deliveries = new ArrayList<>();
        private Duration window = Duration.ofSeconds(Long.MAX_VALUE);
        private int textLimit = 1_000;

        @SafeVarargs
        Scripted(Repeats repeats, Supplier<Delivered>... script) {
            this.repeats = repeats;
            this.script = new ArrayDeque<>(List.of(script));
        }

        @Override
        public Abilities abilities() {
            return new Abilities(
                    Abilities.DeliveryKind.PUSHED,
                    new Abilities.Streaming.Whole(),
                    textLimit,
                    window,
                    Integer.MAX_VALUE,
                    repeats);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            return next(delivery).get();
        }

        private synchronized Supplier<Delivered> next(Delivery delivery) {
            deliveries.add(delivery);
            notifyAll();
            return script.size() > 1 ? script.remove() : script.element();
        }

        synchronized List<String> ids() {
            return deliveries.stream().map(Delivery::id).toList();
        }

        synchronized List<Delivery> deliveries() {
            return List.copyOf(deliveries);
        }

        synchronized void awaitCall() throws InterruptedException {
            awaitCalls(1);
        }

        synchronized void awaitCalls(int calls) throws InterruptedException {
            while (deliveries.size() < calls) wait(10_000);
        }
    }
}
