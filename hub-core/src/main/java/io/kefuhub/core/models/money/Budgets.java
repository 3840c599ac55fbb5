package io.kefuhub.core.models.money;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code budget} table, and nothing else. */
final class Budgets {
    private static final String COLUMNS = "id, scope, subject, period, amount, enabled, managed_by";
    private static final String IN_FORCE = "select " + COLUMNS + " from budget where subject = any(?) and enabled";
    private static final String ALL = "select " + COLUMNS + " from budget order by scope, subject, period";
    private static final String KEEP = """
            insert into budget (id, scope, subject, period, amount, enabled, managed_by)
            values (:id, :scope, :subject, :period, :amount, :enabled, :managedBy)
            on conflict (scope, subject, period) do update
                set amount = excluded.amount, enabled = excluded.enabled, managed_by = excluded.managed_by""";
    private static final String DELETE = "delete from budget where id = :id";

    /** Reads the budgets in force of some subjects, and those of each. */
    void inForce(Script script, Collection<String> subjects, Consumer<Budget> to) {
        script.query(IN_FORCE, row -> to.accept(read(row)), Columns.of(subjects).texts(subject -> subject));
    }

    List<Budget> all(Handle db) {
        return db.createQuery(ALL).map((rs, _) -> read(rs)).list();
    }

    /** Stores a budget; of one scope, subject and period there is one. */
    void keep(Handle tx, Budget budget) {
        tx.createUpdate(KEEP)
                .bind("id", budget.id())
                .bind("scope", budget.scope().name())
                .bind("subject", budget.subject())
                .bind("period", budget.period().name())
                .bind("amount", budget.amount())
                .bind("enabled", budget.enabled())
                .bind("managedBy", budget.managedBy().orElse(null))
                .execute();
    }

    boolean delete(Handle tx, UUID id) {
        return tx.createUpdate(DELETE).bind("id", id).execute() == 1;
    }

    private static Budget read(ResultSet rs) throws SQLException {
        return new Budget(
                rs.getObject("id", UUID.class),
                Scope.valueOf(rs.getString("scope")),
                rs.getString("subject"),
                Period.valueOf(rs.getString("period")),
                rs.getLong("amount"),
                rs.getBoolean("enabled"),
                Optional.ofNullable(rs.getString("managed_by")));
    }
}
