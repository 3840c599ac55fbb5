package io.kefuhub.bench.proof;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what came out, as Markdown. */
final class Table {
    private static final String HEAD = """
            | who | %s | said | acknowledged | stored | answered | lost | doubled | out of order | gaps | differences | back after s, p50 | max | ledger |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
            """;

    private Table() {}

    /**
     * @param what was done to the hub, in one word
     * @param back how long it took each time until the hub served again
     */
    static String of(String what, List<Duration> back, Account account) {
        var all = new Tally("all");
        account.sides().forEach(all::add);
        var rows = account.sides().stream()
                .map(side -> row(side, side.balances(), "", "", ""))
                .collect(Collectors.joining());
        return HEAD.formatted(what)
                + rows
                + row(all, account.balances(), Integer.toString(back.size()), seconds(back, 0.5), seconds(back, 1));
    }

    private static String row(Tally side, boolean balances, String times, String median, String longest) {
        return "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %s | %s | %s |%n"
                .formatted(
                        side.side,
                        times,
                        side.said,
                        side.acknowledged,
                        side.stored,
                        side.answered,
                        side.lost,
                        side.doubled,
                        side.disordered,
                        side.gaps,
                        side.differences().size(),
                        median,
                        longest,
                        balances ? "balances" : "DOES NOT BALANCE");
    }

    static String seconds(List<Duration> durations, double share) {
        var sorted = durations.stream().sorted().toList();
        if (sorted.isEmpty()) return "";
        return seconds(sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1e3);
    }
}
