package io.kefuhub.bench.swap;

import io.kefuhub.bench.Hub;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Proves that plugins are swapped under load without anybody noticing. {@code bench/swap} calls it. */
public final class SwapProof {
    private static final Duration SERVES_WITHIN = Duration.ofSeconds(2);
    private static final double MOST_SLOWER = 2;
    /** The hub asks for one collection a minute, and what is gone is seen to be gone after five. */
    private static final Duration UNLOADED_WITHIN = Duration.ofMinutes(7);

    private SwapProof() {}

    /** {@code DIST HOME [options]}; see {@link SwapOptions}. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        var options = SwapOptions.of(List.of(arguments).subList(2, arguments.length));
        var dist = Path.of(arguments[0]);
        var home = Path.of(arguments[1]);
        System.out.print(Machine.describe());
        SwapRun.prepare(home);
        boolean good;
        try (var hub = Hub.start(dist, home)) {
            good = options.count() > 0 ? new ManySwaps(hub, dist, options).run() : underLoad(hub, dist, options);
        }
        if (!good) System.exit(1);
    }

    private static boolean underLoad(Hub hub, Path dist, SwapOptions options)
            throws IOException, SQLException, InterruptedException {
        System.out.printf(
                "%d questions a second from %d customers, %d s without swaps and %d s with one of each plugin every %d ms%n",
                options.rate(),
                options.customers(),
                options.calm(),
                options.seconds(),
                options.rhythm().toMillis());
        try (var run = new SwapRun(hub, dist, options)) {
            var outcome = run.run();
            System.out.printf(
                    Locale.ROOT,
                    "p99 %.1f ms without swaps, %.1f ms with; waiting until what was unloaded has left memory%n",
                    outcome.calm().millis(0.99),
                    outcome.swapping().millis(0.99));
            var left = run.awaitUnloaded(UNLOADED_WITHIN);
            System.out.println(SwapTable.of(outcome, left));
            return isGood(outcome, left);
        }
    }

    private static boolean isGood(SwapRun.Outcome outcome, List<String> left) {
        var slower = slower(outcome.calm(), outcome.swapping());
        return must(outcome.balances(), "the ledger balances")
                & must(outcome.connections().areAllHeld(), "every socket and stream was held")
                & must(
                        outcome.keptPace(),
                        "every plugin was swapped nine of ten times that it was due, which is " + outcome.due())
                & must(outcome.bothServed(), "both versions of filter and responder did their work")
                & must(left.isEmpty(), "nothing that was unloaded stays in memory")
                & must(
                        outcome.slowest().compareTo(SERVES_WITHIN) <= 0,
                        "every version serves within " + SERVES_WITHIN.toSeconds() + " s")
                & must(
                        slower <= MOST_SLOWER,
                        String.format(Locale.ROOT, "p99 is at most twice as high during swaps (%.2f times)", slower));
    }

    private static double slower(Load.Result calm, Load.Result swapping) {
        return swapping.millis(0.99) / calm.millis(0.99);
    }

    private static boolean must(boolean holds, String what) {
        System.out.println((holds ? "yes: " : "NO: ") + what);
        return holds;
    }
}
