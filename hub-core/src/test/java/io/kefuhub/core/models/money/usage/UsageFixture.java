package io.kefuhub.core.models.money.usage;

import io.kefuhub.core.database.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Asks the reports, for tests of other packages. */
public final class UsageFixture {
    private final UsageReports reports;

    public UsageFixture(Database database) {
        reports = new UsageReports(database);
    }

    /** Until half and 95 of 100 had their first words, by desk. */
    public List<String> firstWords(Instant from, Instant to) {
        var of = new UsageReports.Of(from, to, "", "", "", "");
        return reports.grouped(UsageReports.By.DESK, of, ZoneOffset.UTC, 100).stream()
                .map(row ->
                        row.key() + " " + row.firstP50().map(Object::toString).orElse("-") + " "
                                + row.firstP95().map(Object::toString).orElse("-"))
                .sorted()
                .toList();
    }

    public List<String> rows(String by, Instant from, Instant to, String zone) {
        var of = new UsageReports.Of(from, to, "", "", "", "");
        return reports.grouped(UsageReports.By.valueOf(by), of, ZoneId.of(zone), 100).stream()
                .map(row ->
                        "%s %d calls %d cost %d refusals".formatted(row.key(), row.calls(), row.cost(), row.refusals()))
                .toList();
    }
}
