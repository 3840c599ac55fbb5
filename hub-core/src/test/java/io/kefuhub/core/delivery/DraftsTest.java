package io.kefuhub.core.delivery;

import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.translation.Interpreter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How answers are shown that channels show by changing what they sent, and how slow ones are spared. */
class DraftsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ConversationFixture talk = new ConversationFixture();
    private final Guard guard = new Guard();
    private final Contributions contributions = new Contributions();
    private final FilterChain filters = new FilterChain(contributions, guard);
    private final AtomicInteger heldBack = new AtomicInteger();

    @AfterEach
    void end() {
        guard.close();
        talk.close();
    }

    @Test
    void a_slow_channel_sees_fewer_and_longer_pieces_and_holds_nobody_up() {
        var shown = new CopyOnWriteArrayList<String>();
        var goOn = new CountDownLatch(1);
        var answer = new GrowingAnswer(new Abilities.Streaming.Live(1_000), text -> text, text -> {
            shown.add(text);
            await(goOn);
            return Optional.of(Duration.ZERO);
        });
        answer.grow("1");
        until(() -> shown.size() == 1);

        for (var i = 2; i <= 1_000; i++) answer.grow("1 to " + i);
        goOn.countDown();
        until(() -> shown.contains("1 to 1000"));

        assertThat(shown).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void what_was_sent_is_changed_a_little_later_and_then_once_a_second_at_most() {
        var channel = new Revising(new Abilities.Streaming.Edits(Duration.ofMillis(100), 100));
        var answer = begin(channel);
        var began = System.nanoTime();

        for (var i = 1; channel.drafts.size() < 3; i++) {
            answer.grow("word ".repeat(i));
            Thread.onSpinWait();
        }

        var times = channel.times;
        assertThat(times.getFirst() - began)
                .isGreaterThan(Duration.ofMillis(390).toNanos());
        assertThat(times.get(1) - times.get(0))
                .isGreaterThan(Duration.ofMillis(990).toNanos());
        assertThat(times.get(2) - times.get(1))
                .isGreaterThan(Duration.ofMillis(990).toNanos());
        assertThat(channel.drafts).extracting(Draft::sequence).containsExactly(1, 2, 3);
        assertThat(channel.drafts).extracting(Draft::answerId).containsOnly(channel.question);
        assertThat(channel.drafts).extracting(Draft::replyTo).containsOnly("anna:1");
        assertThat(channel.drafts.get(2).text())
                .startsWith(channel.drafts.get(1).text())
                .hasSizeGreaterThan(channel.drafts.get(1).text().length());
        answer.stop();
    }

    @Test
    void the_last_change_is_left_to_the_delivery_that_ends_the_answer() {
        var channel = new Revising(new Abilities.Streaming.Edits(Duration.ZERO, 2));
        var answer = begin(channel);

        answer.grow("one");
        until(() -> channel.drafts.size() == 1);
        answer.grow("one two");
        answer.finish();

        assertThat(channel.drafts).extracting(Draft::text).containsExactly("one");
    }

    @Test
    void the_end_waits_for_the_change_that_is_under_way() {
        var channel = new Revising(new Abilities.Streaming.Fetched());
        channel.hold = new CountDownLatch(1);
        var answer = begin(channel);
        answer.grow("one");
        until(() -> channel.drafts.size() == 1);

        var finishing = Thread.ofVirtual().start(answer::finish);
        until(() -> finishing.getState() == Thread.State.WAITING);
        channel.hold.countDown();

        until(() -> !finishing.isAlive());
        answer.grow("one two");
        assertThat(channel.drafts).hasSize(1);
    }

    @Test
    void what_a_filter_holds_back_is_not_shown_and_is_counted() {
        contributions.replace(Slot.<Filter>of(Kind.FILTER, "strict", new Filter() {
            @Override
            public Set<Stage> stages() {
                return Set.of(Stage.BOT_OUT);
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                return Verdict.pass();
            }
        }));
        var channel = new Revising(new Abilities.Streaming.Fetched());
        var answer = begin(channel);

        answer.grow("one");

        until(() -> heldBack.get() > 0);
        assertThat(channel.drafts).isEmpty();
    }

    @Test
    void what_was_shown_of_an_answer_that_does_not_come_is_taken_back() {
        var channel = new Revising(new Abilities.Streaming.Fetched());
        var answer = begin(channel);
        answer.grow("one");
        until(() -> channel.drafts.size() == 1);

        answer.withdraw();

        assertThat(channel.drafts).extracting(Draft::text).containsExactly("one", "");
    }

    @Test
    void a_channel_that_will_not_show_more_is_asked_no_more() {
        var channel = new Revising(new Abilities.Streaming.Fetched());
        channel.answer = new Delivered.Undeliverable("gone");
        var answer = begin(channel);
        answer.grow("one");
        until(() -> channel.drafts.size() == 1);

        answer.grow("one two");
        answer.finish();

        assertThat(channel.drafts).hasSize(1);
    }

    private GrowingAnswer begin(Revising channel) {
        var conversation =
                talk.says("anna", "anna:1", "Where is my parcel?").join().conversation();
        var question = talk.database
                .read(db -> new Messages().inState(db, MessageState.RECEIVED, Optional.empty(), 1))
                .getFirst()
                .message();
        channel.question = question.id().toString();
        Slot<Channel> slot = Foreign.slot(Kind.CHANNEL, "wk_test", channel, LONG);
        var replies =
                new Replies(talk.journal, filters, talk.ids, _ -> Optional.of(channel.abilities()), Interpreter.NOBODY);
        var drafts = new Drafts(
                filters,
                guard,
                _ -> Optional.of(slot),
                talk.presences,
                new Chunks(talk.database, talk.journal, filters, talk.ids, replies),
                heldBack::incrementAndGet);
        return drafts.begin(
                conversation,
                question,
                () -> new Facts("main", "wk_test", Language.EN, Map.of(), Instant.EPOCH, List.of()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Revising implements Channel {
        final List<Draft> drafts = new CopyOnWriteArrayList<>();
        final List<Long> times = new CopyOnWriteArrayList<>();
        private volatile Delivered answer = new Delivered.Done("p1");
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private final Abilities.Streaming streaming;
        private volatile String question = "";

        Revising(Abilities.Streaming streaming) {
            this.streaming = streaming;
        }

        @Override
        public Abilities abilities() {
            return new Abilities(Abilities.DeliveryKind.PUSHED, streaming, 4_000, Duration.ofDays(2), 5);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            throw new IllegalStateException("nobody hands over here");
        }

        @Override
        public Delivered revise(Draft draft) {
            times.add(System.nanoTime());
            drafts.add(draft);
            await(hold);
            return answer;
        }
    }
}
