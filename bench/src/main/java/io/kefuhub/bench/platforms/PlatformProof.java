package io.kefuhub.bench.platforms;

import io.kefuhub.bench.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Proves that nothing that is said on a platform is lost or doubled. {@code bench/platforms} calls it. */
public final class PlatformProof {
    private PlatformProof() {}

    /** {@code DIST HOME [options]}; see {@link PlatformOptions}. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        var options = PlatformOptions.of(List.of(arguments).subList(2, arguments.length));
        System.out.print(Machine.describe());
        System.out.printf(
                "%s: %d customers say %d things each, the hub is killed %d times%n",
                options.platform(), options.customers(), options.each(), options.kills());
        var began = System.nanoTime();
        PlatformRun.Outcome outcome;
        try (var run = PlatformRun.start(Path.of(arguments[0]), Path.of(arguments[1]), options)) {
            outcome = run.run();
        }
        System.out.printf(
                Locale.ROOT,
                "%n| said | stored | answered | customers answered otherwise than they asked | kills | seconds | ledger |%n"
                        + "|--:|--:|--:|--:|--:|--:|---|%n| %d | %d | %d | %d | %d | %.0f | %s |%n",
                outcome.said(),
                outcome.stored(),
                outcome.answered(),
                outcome.wrong().size(),
                outcome.kills(),
                (System.nanoTime() - began) / 1e9,
                outcome.balances() ? "balances" : "DOES NOT BALANCE");
        outcome.wrong().entrySet().stream().limit(20).forEach(System.out::println);
        if (!outcome.balances()) System.exit(1);
    }
}
