package io.kefuhub.bench.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.bench.Load;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final long MIB = 1 << 20;

    @Test
    void a_hub_that_is_four_times_as_fast_as_the_peer_and_adds_little_reaches_its_goals() {
        assertThat(gateway(399, row(0, 64, 20_000, 4_100, 1_000, 0), row(50, 16, 300, 290, 280, 4)))
                .hasSize(3)
                .allMatch(Goal::holds);
    }

    @Test
    void each_goal_that_is_missed_is_told() {
        assertThat(gateway(401)).noneMatch(Goal::holds);
        assertThat(gateway(399, row(0, 64, 20_000, 3_900, 1_000, 0)))
                .filteredOn(goal -> !goal.holds())
                .singleElement()
                .extracting(Goal::words)
                .isEqualTo("0 ms, streamed, 64 connections: at least 4 times the peer's throughput (3.90)");
        assertThat(gateway(399, row(0, 16, 20_000, 3_900, 1_000, 6)))
                .filteredOn(goal -> !goal.holds())
                .singleElement()
                .extracting(Goal::words)
                .asString()
                .contains("16 connections", "later");
    }

    @Test
    void where_the_model_itself_is_not_four_times_as_fast_nine_tenths_of_its_pace_are_asked_for() {
        assertThat(gateway(399, row(50, 64, 1_280, 1_160, 900, 4))).allMatch(Goal::holds);
        assertThat(gateway(399, row(50, 64, 1_280, 1_100, 900, 4))).anyMatch(goal -> !goal.holds());
    }

    @Test
    void turns_are_judged_where_the_model_alone_does_not_hold_them_up() {
        assertThat(TurnGoals.of(
                        List.of(turns(16, 300, 290, 4), turns(64, 1_270, 1_010, 12), turns(256, 5_000, 900, 200))))
                .hasSize(2)
                .allMatch(Goal::holds);
        assertThat(TurnGoals.of(List.of(turns(16, 300, 290, 6), turns(64, 1_270, 990, 12))))
                .hasSize(2)
                .noneMatch(Goal::holds);
    }

    private static List<Goal> gateway(long mib, GatewayRun.Row... rows) {
        return GatewayGoals.of(
                new GatewayRun.Outcome(List.of(rows), mib * MIB, 0, 1, 1, new ModelBooks.Counts(1, 1, 1, 1, 0, 0)));
    }

    private static GatewayRun.Row row(int delay, int connections, int straight, int hub, int peer, int addedMillis) {
        return new GatewayRun.Row(
                delay,
                true,
                connections,
                load(straight, 1),
                new GatewayRun.Side(load(hub, 1 + addedMillis), 0, 0),
                Optional.of(new GatewayRun.Side(load(peer, 10), 0, 0)));
    }

    private static TurnRun.Row turns(int customers, int straight, int hub, int addedMillis) {
        var took = load(hub, 50 + addedMillis).whole();
        return new TurnRun.Row("json", customers, load(straight, 50), new Load.Result(1, took), 0, 0, 1, 1, true);
    }

    private static ChatLoad.Result load(int perSecond, int millis) {
        var nanos = new long[perSecond];
        Arrays.fill(nanos, millis * 1_000_000L);
        return new ChatLoad.Result(1, nanos, nanos);
    }
}
