package io.kefuhub.bench.start;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Prints what came out, as Markdown. */
final class StartTable {
    static final String HEAD =
            "| | ready after ms, median | best | worst | CPU s until then, median |\n|---|--:|--:|--:|--:|";
    static final String MEMORY_HEAD =
            "| left alone | resident MB | its PostgreSQL MB | CPU s meanwhile |\n|---|--:|--:|--:|";

    private static final double MB = 1 << 20;

    private StartTable() {}

    /**
     * What is there when nobody is.
     *
     * @param hub resident bytes
     * @param database bytes of all processes of PostgreSQL, what they share counted once
     */
    record Idle(long hub, long database, double cpuSeconds) {}

    static String row(String what, List<Started> starts) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.1f |",
                what,
                medianReady(starts),
                ready(starts).min().orElseThrow(),
                ready(starts).max().orElseThrow(),
                median(starts.stream().mapToDouble(Started::cpuSeconds)));
    }

    static String row(String what, Idle idle) {
        return String.format(
                Locale.ROOT, "| %s | %.0f | %.0f | %.2f |", what, idle.hub / MB, idle.database / MB, idle.cpuSeconds);
    }

    /** In milliseconds. */
    static double medianReady(List<Started> starts) {
        return median(ready(starts));
    }

    /** In milliseconds. */
    static double median(List<Duration> times) {
        return median(times.stream().mapToDouble(Duration::toMillis));
    }

    private static DoubleStream ready(List<Started> starts) {
        return starts.stream().mapToDouble(start -> start.ready().toMillis());
    }

    private static double median(DoubleStream values) {
        var sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
