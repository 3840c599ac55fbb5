package io.kefuhub.core.models.money.usage;

import io.kefuhub.core.database.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Asks the reports, for tests of other packages. */
public final class UsageFixture {
    private final UsageReports reports;

    public UsageFixture(Database database) {
        reports = new UsageReports(database);
    }

    public List<String> rows(String by, Instant from, Instant to, String zone) {
        var of = new UsageReports.Of(from, to, "", "", "", "");
        return reports.grouped(UsageReports.By.valueOf(by), of, ZoneId.of(zone), 100).stream()
                .map(row ->
                        "%s %d calls %d cost %d refusals".formatted(row.key(), row.calls(), row.cost(), row.refusals()))
                .toList();
    }
}
