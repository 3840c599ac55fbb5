package io.kefuhub.core.models.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Script;
import io.kefuhub.core.database.TestDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final UUID ID = UUID.fromString("019ac000-0000-7000-8000-000000000001");

    private final Accounts accounts = new Accounts();
    private final Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final Period.Span today = Period.DAY.around(now, ZoneOffset.UTC);
    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        database.useTransaction(tx -> {
            var script = new Script();
            accounts.open(script, List.of(new Accounts.Opening(ID, Scope.HUB, "", Period.DAY, today)));
            script.run(tx);
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_account_that_stands_otherwise_than_it_was_read_is_not_written() {
        spend(0, 700);

        assertThatThrownBy(() -> spend(0, 200)).rootCause().hasMessageContaining("\"reserved\"");
        assertThat(spent()).isEqualTo(700);

        spend(700, 200);
        assertThat(spent()).isEqualTo(900);
    }

    private void spend(long read, long cost) {
        var account = new Account(
                new Account.Key(ID, Scope.HUB, "", Period.DAY), today, new Account.Balance(0, read, false, 0));
        account.spend(cost);
        database.useTransaction(tx -> {
            var script = new Script();
            accounts.change(script, List.of(account));
            script.run(tx);
        });
    }

    private long spent() {
        return database.read(db -> accounts.current(db, now, 1)).getFirst().spent();
    }
}
