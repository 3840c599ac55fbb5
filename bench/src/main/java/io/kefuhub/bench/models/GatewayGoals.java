package io.kefuhub.bench.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the hub must reach as a gateway, of as much of it as was measured. */
final class GatewayGoals {
    private static final int MANY = 64;
    private static final double TIMES = 4;
    private static final int SOME = 16;
    private static final double MOST_ADDED = 5;
    private static final long MOST_MIB = 400;

    private GatewayGoals() {}

    static List<Goal> of(GatewayRun.Outcome outcome) {
        var goals = new ArrayList<Goal>();
        for (var row : outcome.rows()) {
            if (row.connections() == MANY) row.peer().ifPresent(peer -> goals.add(faster(row, peer)));
            if (row.connections() == SOME) goals.add(quick(row));
        }
        goals.add(new Goal(
                "the hub has at most %d MiB (%d)".formatted(MOST_MIB, outcome.hubBytes() >> 20),
                outcome.hubBytes() <= MOST_MIB << 20));
        return goals;
    }

    /** Nobody can be four times as fast where the model server itself is not; there nine tenths of its pace are asked for. */
    private static Goal faster(GatewayRun.Row row, GatewayRun.Side peer) {
        var four = TIMES * peer.load().perSecond();
        var nearly = 0.9 * row.straight().perSecond();
        var ofHub = row.hub().load().perSecond();
        var what = four <= row.straight().perSecond()
                ? "%s: at least %.0f times the peer's throughput (%.2f)"
                        .formatted(name(row), TIMES, ofHub / peer.load().perSecond())
                : "%s: the model server is not four times as fast as the peer; at least 0.9 of its own throughput (%.2f)"
                        .formatted(name(row), ofHub / row.straight().perSecond());
        return new Goal(what, ofHub >= Math.min(four, nearly));
    }

    private static Goal quick(GatewayRun.Row row) {
        return new Goal(
                String.format(
                        Locale.ROOT,
                        "%s: first words at most %.0f ms later than from the model server (%.2f)",
                        name(row),
                        MOST_ADDED,
                        row.addedMillis()),
                row.addedMillis() <= MOST_ADDED);
    }

    private static String name(GatewayRun.Row row) {
        return "%d ms, %s, %d connections"
                .formatted(row.delay(), row.stream() ? "streamed" : "whole", row.connections());
    }
}
