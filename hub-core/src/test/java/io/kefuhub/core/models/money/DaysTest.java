package io.kefuhub.core.models.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the day of a budget begins: by the zone of the desk, around midnight and when clocks are changed. */
class DaysTest {
    private static final long ONE = 3_000_000;

    @ParameterizedTest
    @CsvSource({
        // The last millisecond of a day, and the first of the next.
        "Asia/Shanghai, 2026-11-25T15:59:59.999Z, 2026-11-24T16:00:00Z, 2026-11-25T16:00:00Z",
        "Asia/Shanghai, 2026-11-25T16:00:00Z, 2026-11-25T16:00:00Z, 2026-11-26T16:00:00Z",
        // Clocks go forward in the night: a day of 23 hours, and back: one of 25.
        "Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "Europe/Berlin, 2026-03-29T21:59:59Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "Europe/Berlin, 2026-10-25T22:59:59Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        // There is no midnight: the day begins at one.
        "Asia/Beirut, 2026-03-28T21:59:59Z, 2026-03-27T22:00:00Z, 2026-03-28T22:00:00Z",
        "Asia/Beirut, 2026-03-29T12:00:00Z, 2026-03-28T22:00:00Z, 2026-03-29T21:00:00Z",
        // Midnight comes twice: the day begins with the first.
        "America/Havana, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "Asia/Kathmandu, 2026-11-25T18:15:00Z, 2026-11-25T18:15:00Z, 2026-11-26T18:15:00Z"
    })
    void a_day_lasts_from_its_first_moment_in_its_zone_to_that_of_the_next(
            ZoneId zone, Instant moment, Instant start, Instant end) {
        var day = Period.DAY.around(moment, zone);

        assertThat(day).isEqualTo(new Period.Span(start, end));
        assertThat(day.holds(moment)).isTrue();
        assertThat(day.holds(start)).isTrue();
        assertThat(day.holds(start.minusNanos(1))).isFalse();
        assertThat(day.holds(end)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-31T21:59:59Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
        "Asia/Shanghai, 2026-12-31T16:00:00Z, 2026-12-31T16:00:00Z, 2027-01-31T16:00:00Z"
    })
    void a_month_does_so_too(ZoneId zone, Instant moment, Instant start, Instant end) {
        assertThat(Period.MONTH.around(moment, zone)).isEqualTo(new Period.Span(start, end));
    }

    /** The night in which Berlin's clocks go back, while the hub's days begin in Shanghai. */
    @Test
    void each_desk_has_its_days_where_it_is_and_the_hub_where_the_hub_is() {
        var clock = new MovableClock("2026-10-24T21:59:59Z");
        try (Database database = TestDatabase.fresh();
                var purse = new Purse(database, clock)) {
            purse.price();
            var books = purse.room.books();
            var rules = books.rules();
            books.change(
                    new BookRules(
                            rules.currency(),
                            rules.zone(),
                            Map.of("berlin", ZoneId.of("Europe/Berlin")),
                            rules.gracePercent(),
                            rules.closesOnExcess()),
                    Optional.empty(),
                    "test");
            for (var desk : new String[] {"berlin", "elsewhere"}) purse.budget(Scope.DESK, desk, Period.DAY, ONE);
            purse.budget(Scope.HUB, "", Period.DAY, 100 * ONE);

            assertThat(asks(purse, "berlin")).as("the last second of Saturday").isTrue();
            assertThat(asks(purse, "elsewhere")).isTrue();
            assertThat(asks(purse, "berlin")).isFalse();
            clock.move(Duration.ofSeconds(1));
            assertThat(asks(purse, "berlin")).as("the first of Sunday").isTrue();
            assertThat(asks(purse, "elsewhere")).as("in Shanghai it is morning").isFalse();
            clock.move(Duration.ofHours(25).minusSeconds(1));
            assertThat(asks(purse, "berlin")).as("the 25th hour").isFalse();
            assertThat(asks(purse, "elsewhere")).as("another day in Shanghai").isTrue();
            clock.move(Duration.ofSeconds(1));
            assertThat(asks(purse, "berlin")).as("Monday").isTrue();

            assertThat(starts(purse, "scope = 'DESK' and subject = 'berlin'"))
                    .isEqualTo("2026-10-23T22:00:00Z 2026-10-24T22:00:00Z 2026-10-25T23:00:00Z");
            assertThat(starts(purse, "scope = 'DESK' and subject = 'elsewhere'"))
                    .isEqualTo("2026-10-24T16:00:00Z 2026-10-25T16:00:00Z");
            assertThat(starts(purse, "scope = 'HUB'")).isEqualTo("2026-10-24T16:00:00Z 2026-10-25T16:00:00Z");
            assertThat(purse.room.recounts.run("test").differences()).isEmpty();
        }
    }

    private static boolean asks(Purse purse, String desk) {
        return purse.room.ledger().reserve(purse.attempt(Purse.payer(desk, "anna"))) instanceof Reserving.Reserved;
    }

    private static String starts(Purse purse, String which) {
        return String.join(
                " ",
                purse.texts("select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                        + " from budget_period where " + which + " order by starts_at"));
    }
}
