package io.kefuhub.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceTasks;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListeningTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMillis(600);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(20);
    /** After how many tries the connection was up, each time after it had failed three times. */
    private static final List<Integer> UP = List.of(4, 8, 12);

    private final Guard guard = new Guard();
    private final InstanceTasks tasks = new InstanceTasks("line", getClass().getClassLoader());
    private final AtomicInteger lost = new AtomicInteger();
    /** When the channel was asked to listen. */
    private final List<Long> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        tasks.close();
        guard.close();
    }

    @Test
    void a_connection_that_fails_is_begun_again_later_and_later_up_to_the_longest_pause() {
        var listening = listening(() -> {
            throw new IllegalStateException("no way through");
        });

        listening.start();

        Eventually.holds(() -> asked.size() >= 6);
        assertThat(pause(1)).isGreaterThanOrEqualTo(FIRST);
        assertThat(pause(2)).isGreaterThanOrEqualTo(FIRST.multipliedBy(2));
        assertThat(pause(3)).isGreaterThanOrEqualTo(FIRST.multipliedBy(4));
        assertThat(pause(4)).isGreaterThanOrEqualTo(LONGEST);
        assertThat(pause(5)).isGreaterThanOrEqualTo(LONGEST);
    }

    @Test
    void a_connection_that_was_up_is_begun_again_soon() {
        var up = new CopyOnWriteArrayList<Listening>();
        var listening = listening(() -> {
            if (UP.contains(asked.size())) up.getFirst().isUp();
            throw new IllegalStateException("broken off");
        });
        up.add(listening);

        listening.start();

        Eventually.holds(() -> asked.size() > UP.getLast());
        assertThat(pause(3)).isGreaterThanOrEqualTo(FIRST.multipliedBy(4));
        // A machine that is held up makes one of them longer, and none shorter.
        assertThat(UP.stream().map(this::pause).min(Comparator.naturalOrder()).orElseThrow())
                .isLessThan(FIRST.multipliedBy(4));
        assertThat(lost).as("connections that were up").hasValue(UP.size());
    }

    @Test
    void a_channel_that_keeps_no_connection_is_asked_once_and_keeps_nobody_waiting() {
        var listening = listening(() -> {}, LONG);
        listening.start();

        var waited = waited(listening);

        assertThat(waited).isLessThan(LONG);
        // Twice as long as until it would be begun again.
        waited(listening(() -> {}));
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_connection_that_never_comes_up_keeps_the_one_before_for_its_time_and_no_longer() {
        var listening = listening(new CountDownLatch(1)::await);
        listening.start();

        assertThat(waited(listening)).isBetween(PATIENCE, PATIENCE.plusSeconds(5));
    }

    @Test
    void who_waits_goes_on_when_the_connection_is_up() throws Exception {
        var listening = listening(new CountDownLatch(1)::await);
        listening.start();
        Eventually.holds(() -> !asked.isEmpty());
        var waiting = Thread.ofVirtual().start(listening::await);

        listening.isUp();

        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    }

    private interface Connection {
        void keep() throws Exception;
    }

    private Listening listening(Connection connection) {
        return listening(connection, PATIENCE);
    }

    private Listening listening(Connection connection, Duration patience) {
        Slot<Channel> slot = Foreign.slot(
                Kind.CHANNEL,
                "line",
                new Channel() {
                    @Override
                    public void listen() {
                        asked.add(System.nanoTime());
                        try {
                            connection.keep();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } catch (RuntimeException e) {
                            throw e;
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
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
                },
                Duration.ofSeconds(5));
        return new Listening(guard, slot, tasks, new Listening.Rhythm(FIRST, LONGEST, patience), lost::incrementAndGet);
    }

    private static Duration waited(Listening listening) {
        var began = System.nanoTime();
        listening.await();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Between a try and the one before. */
    private Duration pause(int number) {
        return Duration.ofNanos(asked.get(number) - asked.get(number - 1));
    }
}
