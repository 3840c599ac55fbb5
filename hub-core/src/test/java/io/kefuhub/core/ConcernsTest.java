package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.desk.Concerned;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.money.MoneyRoom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of models and money wants a person; how far budgets are used is counted by the books' own test. */
class ConcernsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);

    private final Database database = TestDatabase.fresh();
    private final MoneyRoom money = new MoneyRoom(
            database, new AuditLog(), new Ids(CLOCK), CLOCK, "hub", ZoneOffset.UTC, () -> KeepingRules.USUAL);
    private final CatalogueKeeper keeper = new CatalogueKeeper(database, new AuditLog(), CLOCK, _ -> "its key");
    private final List<Concerned> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void add() {
        keeper.change("test", change -> {
            change.keep(deployment());
            return true;
        });
        new Concerns(CLOCK, told::add).follow(keeper, money);
    }

    @AfterEach
    void close() {
        money.close();
        database.close();
    }

    @Test
    void a_model_whose_key_is_refused_is_told_at_once_and_so_is_that_it_is_well_again() {
        assertThat(told).isEmpty();

        keeper.off(only(), Deployment.OffReason.CREDENTIALS);
        keeper.on("main");

        assertThat(told).extracting(Concerned::models).containsExactly(1, 0);
        assertThat(told).extracting(Concerned::at).containsOnly(CLOCK.instant());
    }

    private Deployment only() {
        return keeper.now().deployment("main").orElseThrow();
    }

    private static Deployment deployment() {
        return new Deployment(
                "main",
                "",
                "somewhere",
                "small",
                new Deployment.Traits(8_000, 1_000, false, false, false, 1),
                new Deployment.Limits(1, 0, 0, Deployment.Patience.USUAL),
                new Deployment.Billing(true, false),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
