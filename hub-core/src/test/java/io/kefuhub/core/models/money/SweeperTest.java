package io.kefuhub.core.models.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the books are counted again: at 03:15 where the books are, a quarter past seven in the evening of the day before in UTC. */
class SweeperTest {
    private final MovableClock clock = new MovableClock("2026-01-05T19:00:00Z");
    private int recounts;
    private final AtomicInteger sweeps = new AtomicInteger();
    private boolean fails;
    private volatile KeepingRules keeping = KeepingRules.USUAL;
    private final Sweeper sweeper =
            new Sweeper(new Counting(), clock, () -> BookRules.usual(ZoneId.of("Asia/Shanghai")), () -> keeping);

    @AfterEach
    void close() {
        sweeper.close();
    }

    @Test
    void the_books_are_counted_again_once_a_night_where_they_are() {
        look(Duration.ofMinutes(14));
        assertThat(recounts).isZero();
        look(Duration.ofMinutes(1));
        assertThat(recounts).isOne();
        look(Duration.ofHours(23));
        look(Duration.ofMinutes(59));
        assertThat(recounts).isOne();
        look(Duration.ofMinutes(2));
        assertThat(recounts).isEqualTo(2);
    }

    @Test
    void a_hub_that_slept_through_the_night_counts_when_it_wakes() {
        look(Duration.ofHours(30));

        assertThat(recounts).isOne();
    }

    @Test
    void what_could_not_be_counted_is_counted_at_the_next_look() {
        fails = true;
        assertThatThrownBy(() -> look(Duration.ofMinutes(20))).isInstanceOf(IllegalStateException.class);
        fails = false;

        look(Duration.ofSeconds(30));
        look(Duration.ofSeconds(30));

        assertThat(recounts).isOne();
    }

    @Test
    void what_is_to_be_done_each_night_is_done_once_after_the_count_though_another_fails() {
        var done = new ArrayList<Integer>();
        sweeper.everyNight(() -> {
            throw new IllegalStateException("disk");
        });
        sweeper.everyNight(() -> done.add(recounts));

        look(Duration.ofMinutes(20));
        look(Duration.ofMinutes(1));
        look(Duration.ofDays(1));

        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void an_hour_that_is_changed_holds_from_the_next_night_on() {
        keeping = night(4, 0);
        look(Duration.ofMinutes(20));
        assertThat(recounts).isZero();
        look(Duration.ofMinutes(41));
        assertThat(recounts).isOne();

        keeping = night(3, 0);
        look(Duration.ofHours(1));
        assertThat(recounts).isOne();
        look(Duration.ofHours(22));
        assertThat(recounts).isEqualTo(2);
    }

    @Test
    void it_sweeps_as_often_as_the_rule_says_at_once_when_that_is_changed() {
        keeping = new KeepingRules(List.of(100), 95, 80, Duration.ofHours(1), LocalTime.NOON);
        sweeper.start();
        keeping = new KeepingRules(List.of(100), 95, 80, Duration.ofMillis(1), LocalTime.NOON);
        sweeper.anew();

        Eventually.holds(() -> sweeps.get() > 3);
    }

    private static KeepingRules night(int hour, int minute) {
        var usual = KeepingRules.USUAL;
        return new KeepingRules(
                usual.steps(), usual.cheaper(), usual.pressing(), usual.sweep(), LocalTime.of(hour, minute));
    }

    private void look(Duration later) {
        clock.move(later);
        sweeper.lookAtTheClock();
    }

    private final class Counting implements Sweeper.Work {
        @Override
        public void sweep() {
            sweeps.incrementAndGet();
        }

        @Override
        public void recount() {
            if (fails) throw new IllegalStateException("away");
            recounts++;
        }

        @Override
        public List<Alert> untold() {
            return List.of();
        }
    }
}
