package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.ChannelWatch;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullsTest {
    private static final Duration PAUSE = Duration.ofMillis(80);

    private final Database database = TestDatabase.fresh();
    private final Guard guard = new Guard();
    private final ChannelWatch watch = new ChannelWatch(Clock.systemUTC());
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final AtomicInteger unstored = new AtomicInteger();
    private final Scripted channel = new Scripted();
    private volatile Optional<Slot<Channel>> serving = Optional.of(slot(channel));
    private Pulls pulls = pulls();

    @AfterEach
    void close() {
        pulls.close();
        guard.close();
        database.close();
    }

    @Test
    void every_page_is_pulled_in_order_and_an_empty_one_that_says_more_does_not_end_it() {
        channel.plays((_, cursor) -> switch (cursor) {
            case "" -> new Pulled(messages("a", "b"), "1", true);
            case "1" -> new Pulled(List.of(), "2", true);
            case "2" -> new Pulled(messages("c"), "3", false);
            default -> Pulled.nothing(cursor);
        });

        pulls.nudged("test", "account");

        Eventually.holds(() -> stored.size() == 3);
        assertThat(stored).containsExactly("a", "b", "c");
        assertThat(channel.cursors()).containsExactly("", "1", "2");
        pulls.nudged("test", "account");
        Eventually.holds(() -> channel.cursors().size() == 4);
        assertThat(channel.cursors().getLast()).as("where the last batch ended").isEqualTo("3");
    }

    @Test
    void one_source_is_never_asked_twice_at_once_and_what_is_nudged_meanwhile_is_pulled_after() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        channel.plays((_, cursor) -> {
            begun.countDown();
            await(goOn);
            return new Pulled(List.of(), cursor + "x", false);
        });
        pulls.nudged("test", "account");
        begun.await();

        for (var i = 0; i < 50; i++) pulls.nudged("test", "account");
        goOn.countDown();

        Eventually.holds(() -> channel.cursors().size() == 2);
        assertThat(channel.most.get()).isOne();
        pulls.nudged("test", "another");
        Eventually.holds(() -> channel.cursors().size() == 3);
        assertThat(channel.cursors()).as("fifty nudges are one more pull").containsExactly("", "x", "");
    }

    @Test
    void a_source_that_takes_its_time_keeps_no_other_waiting() {
        var goOn = new CountDownLatch(1);
        channel.plays((source, _) -> {
            if (source.equals("slow")) await(goOn);
            return new Pulled(messages(source), "1", false);
        });

        pulls.nudged("test", "slow");
        pulls.nudged("test", "quick");

        Eventually.holds(() -> stored.contains("quick"));
        assertThat(stored).doesNotContain("slow");
        goOn.countDown();
        Eventually.holds(() -> stored.contains("slow"));
    }

    @Test
    void after_a_failure_the_same_page_is_asked_for_again_later_and_later_without_another_nudge() {
        var times = new CopyOnWriteArrayList<Long>();
        channel.plays((_, _) -> {
            times.add(System.nanoTime());
            if (times.size() < 4) throw new IllegalStateException("the platform is away");
            return new Pulled(messages("at last"), "1", false);
        });

        pulls.nudged("test", "account");

        Eventually.holds(() -> stored.contains("at last"));
        assertThat(channel.cursors()).containsExactly("", "", "", "");
        assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(PAUSE.toNanos());
        assertThat(times.get(2) - times.get(1))
                .isGreaterThanOrEqualTo(PAUSE.multipliedBy(2).toNanos());
        Eventually.holds(() -> watch.standing("test").pulled().orElseThrow().outcome() == ChannelWatch.Outcome.FINE);
    }

    @Test
    void a_page_that_could_not_be_stored_is_asked_for_again() {
        unstored.set(1);
        channel.plays((_, cursor) -> cursor.isEmpty() ? new Pulled(messages("a"), "1", false) : Pulled.nothing(cursor));

        pulls.nudged("test", "account");

        Eventually.holds(() -> stored.contains("a"));
        assertThat(channel.cursors()).containsExactly("", "");
    }

    @Test
    void more_with_a_cursor_that_stands_still_is_a_failure_and_no_loop() {
        channel.plays((_, _) -> new Pulled(List.of(), "", true));

        pulls.nudged("test", "account");

        Eventually.holds(() -> watch.standing("test").pulled().isPresent()
                && watch.standing("test").pulled().get().outcome() == ChannelWatch.Outcome.FAILED);
        assertThat(watch.standing("test").pulled().get().detail()).asString().contains("stands still");
        Eventually.holds(() -> channel.cursors().size() >= 3);
        assertThat(Duration.ofNanos(System.nanoTime() - channel.begun))
                .as("time for %s calls", channel.cursors().size())
                .isGreaterThanOrEqualTo(PAUSE.multipliedBy(3));
    }

    @Test
    void the_next_generation_goes_on_where_the_one_before_was_replaced() throws Exception {
        var first = serving.orElseThrow();
        var second = new Scripted();
        second.plays((_, cursor) -> new Pulled(messages("by second from " + cursor), "9", false));
        channel.plays((_, _) -> {
            serving = Optional.of(slot(second));
            return new Pulled(messages("by first"), "1", true);
        });

        pulls.nudged("test", "account");

        Eventually.holds(() -> stored.size() == 2);
        assertThat(stored).containsExactly("by first", "by second from 1");
        guard.close(first, Duration.ofSeconds(1));
    }

    @Test
    void what_was_nudged_before_the_hub_was_killed_is_pulled_when_the_channel_serves_again() {
        serving = Optional.empty();
        pulls.nudged("test", "account");
        pulls.close();
        channel.plays((source, cursor) ->
                cursor.isEmpty() ? new Pulled(messages("of " + source), "1", false) : Pulled.nothing(cursor));
        serving = Optional.of(slot(channel));

        pulls = pulls();
        pulls.resume("test");

        Eventually.holds(() -> stored.contains("of account"));
    }

    @Test
    void twenty_pages_of_a_thousand_are_through_within_seconds() {
        channel.plays((_, cursor) -> {
            var page = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
            var names = IntStream.range(0, 1_000).mapToObj(i -> page + "-" + i).toArray(String[]::new);
            return new Pulled(messages(names), String.valueOf(page + 1), page < 19);
        });
        var began = Stalls.now();

        pulls.nudged("test", "account");

        Eventually.holds(() -> stored.size() == 20_000);
        assertThat(Stalls.since(began)).isLessThan(Duration.ofSeconds(10));
        assertThat(stored).doesNotHaveDuplicates();
    }

    private Pulls pulls() {
        WebhookRoutes.Acceptor acceptor = (_, messages) -> {
            if (unstored.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return messages.stream()
                        .<Inbox.Accepted>map(_ -> new Inbox.Accepted.NotStored("away", true))
                        .toList();
            }
            stored.addAll(messages.stream().map(Incoming::externalId).toList());
            return messages.stream()
                    .<Inbox.Accepted>map(_ -> new Inbox.Accepted.Stored("m", "c", 1, Instant.EPOCH, false))
                    .toList();
        };
        return new Pulls(
                database,
                guard,
                _ -> serving,
                acceptor,
                Clock.systemUTC(),
                watch,
                new Pulls.Rhythm(PAUSE, Duration.ofSeconds(1)));
    }

    private static Slot<Channel> slot(Channel channel) {
        return Foreign.slot(Kind.CHANNEL, "test", channel, Duration.ofSeconds(20));
    }

    private static List<Incoming> messages(String... ids) {
        var messages = new ArrayList<Incoming>();
        for (var id : ids) {
            messages.add(new Incoming(
                    id,
                    "anna",
                    Contact.anonymous("anna"),
                    List.of(new Part.Text(id)),
                    Instant.EPOCH,
                    Optional.empty()));
        }
        return messages;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Scripted implements Channel {
        private final List<String> cursors = new CopyOnWriteArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final long begun = System.nanoTime();
        private volatile BiFunction<String, String, Pulled> play = (_, cursor) -> Pulled.nothing(cursor);

        void plays(BiFunction<String, String, Pulled> changed) {
            play = changed;
        }

        List<String> cursors() {
            return List.copyOf(cursors);
        }

        @Override
        public Pulled pull(String source, String cursor) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            cursors.add(cursor);
            try {
                return play.apply(source, cursor);
            } finally {
                inside.decrementAndGet();
            }
        }

        @Override
        public Abilities abilities() {
            return Abilities.pushed(100);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            return new Delivered.Done("");
        }
    }
}
