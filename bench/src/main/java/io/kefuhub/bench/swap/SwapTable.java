package io.kefuhub.bench.swap;

import io.kefuhub.bench.Load;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Prints what came out, as Markdown. */
final class SwapTable {
    private SwapTable() {}

    static String of(SwapRun.Outcome outcome, List<String> left) {
        var text = new StringJoiner("\n", "\n", "\n");
        text.add("| | answers/s | mean ms | p50 ms | p99 ms | max ms |").add("|---|--:|--:|--:|--:|--:|");
        if (outcome.calm().nanos().length > 0) text.add(row("without swaps", outcome.calm()));
        text.add(row("with swaps", outcome.swapping())).add("");
        text.add("| swapped | times | drop to serving ms, p50 | p99 | max |").add("|---|--:|--:|--:|--:|");
        outcome.took().forEach((plugin, took) -> text.add(row(plugin, took)));
        text.add("");
        var counts = outcome.counts();
        text.add("| asked | stored | answered | answers stored | answers seen | conversations with a gap"
                        + " | judged by 1.0.0 | by 1.0.1 | sockets and streams held | left in memory | ledger |")
                .add("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|")
                .add("| %d | %d | %d | %d | %d | %d | %d | %d | %d of %d | %d | %s |"
                        .formatted(
                                outcome.asked(),
                                counts.questions(),
                                counts.answered(),
                                counts.answers(),
                                outcome.answers(),
                                counts.broken(),
                                outcome.judged().getOrDefault("1.0.0", 0L),
                                outcome.judged().getOrDefault("1.0.1", 0L),
                                outcome.connections().held(),
                                outcome.connections().opened(),
                                left.size(),
                                outcome.balances() ? "balances" : "DOES NOT BALANCE"))
                .add("")
                .add(
                        "%d came, asked and went meanwhile, %d of them at their second try; %d answers came over one stream; the responder answered %s."
                                .formatted(
                                        outcome.newcomers(),
                                        outcome.again(),
                                        outcome.streamed(),
                                        words(outcome.answered())));
        left.forEach(leak -> text.add("still in memory: " + leak));
        return text.toString();
    }

    private static String words(Map<String, Long> byVersion) {
        return byVersion.entrySet().stream()
                .map(entry -> entry.getValue() + " as " + entry.getKey())
                .collect(Collectors.joining(" and "));
    }

    private static String row(String what, Load.Result result) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f | %.1f | %.1f | %.1f |",
                what,
                result.perSecond(),
                result.meanMillis(),
                result.millis(0.5),
                result.millis(0.99),
                result.millis(1));
    }

    private static String row(String plugin, List<Duration> took) {
        var sorted = took.stream().sorted().toList();
        return "| %s | %d | %s | %s | %s |"
                .formatted(plugin, sorted.size(), millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
    }

    private static String millis(List<Duration> sorted, double share) {
        if (sorted.isEmpty()) return "";
        return Long.toString(sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()))
                .toMillis());
    }
}
