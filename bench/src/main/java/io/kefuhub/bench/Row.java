package io.kefuhub.bench;

import java.util.Locale;

/** One line of the table. */
record Row(String codec, String load, Load.Result result, Usage hub, Usage database, Usage own) {
    static final String HEAD = """
            | codec | load | answers/s | mean ms | p50 ms | p99 ms | CPU s hub | CPU s PostgreSQL | CPU s load | CPU ms per answer, hub and PostgreSQL | hub MB | PostgreSQL MB | asked | rows asked = answered = answers | ledger |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|""";

    String text(long asked, Ledger.Counts counts, boolean balances) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %d | %d | %d | %d = %d = %d | %s |",
                codec,
                load,
                result.perSecond(),
                result.meanMillis(),
                result.millis(0.5),
                result.millis(0.99),
                hub.cpuSeconds(),
                database.cpuSeconds(),
                own.cpuSeconds(),
                1e3 * (hub.cpuSeconds() + database.cpuSeconds()) / Math.max(1, result.nanos().length),
                hub.bytes() >> 20,
                database.bytes() >> 20,
                asked,
                counts.questions(),
                counts.answered(),
                counts.answers(),
                balances ? "balances" : "DOES NOT BALANCE");
    }
}
