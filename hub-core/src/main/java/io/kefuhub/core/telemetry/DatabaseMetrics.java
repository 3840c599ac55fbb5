package io.kefuhub.core.telemetry;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.GroupWriter;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How busy the hub keeps its database. */
public final class DatabaseMetrics {
    private DatabaseMetrics() {}

    public static void addTo(Metrics metrics, Database database) {
        metrics.gauges(
                "kefuhub_writes_queued",
                "Units that wait for a group writer.",
                () -> ofEach(database, GroupWriter::queued));
        metrics.counters(
                "kefuhub_writes_total",
                "Units committed by a group writer.",
                () -> ofEach(database, writer -> writer.counts().units()));
        metrics.counters(
                "kefuhub_write_batches_total",
                "Transactions of a group writer.",
                () -> ofEach(database, writer -> writer.counts().batches()));
        metrics.gauge(
                "kefuhub_database_connections_in_use", "Connections that callers hold.", database::connectionsInUse);
    }

    private static Map<Map<String, String>, Double> ofEach(Database database, ToDoubleFunction<GroupWriter> number) {
        return Map.of(
                Map.of("writer", "conversations"), number.applyAsDouble(database.writer()),
                Map.of("writer", "ledger"), number.applyAsDouble(database.ledgerWriter()));
    }
}
