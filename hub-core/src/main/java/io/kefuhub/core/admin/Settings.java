package io.kefuhub.core.admin;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The organisation's settings: one row of the {@code setting} table. Safe for threads. */
public final class Settings {
    private static final String KEY = "organisation";
    private static final String FIND = "select value::text as value, managed_by from setting where key = :key";
    private static final String KEEP = """
            insert into setting (key, value, managed_by) values (:key, :value, :managedBy)
            on conflict (key) do update set value = excluded.value, managed_by = excluded.managed_by""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private final Values usual;
    private volatile boolean agentsReview;

    /**
     * What can be set.
     *
     * @param organisation its name, shown in the console
     * @param publicAddress where customers reach the hub
     * @param language {@code zh-CN} or {@code en}
     * @param sound whether the console rings when somebody waits
     * @param draftAlias the alias that proposes words to agents; empty for none
     * @param agentsReview whether agents decide about what filters hold, as supervisors do
     */
    public record Values(
            String organisation,
            Optional<String> publicAddress,
            String language,
            boolean sound,
            Optional<String> draftAlias,
            Optional<Boolean> agentsReview) {}

    record Shown(
            String organisation,
            Optional<String> publicAddress,
            String language,
            boolean sound,
            Optional<String> draftAlias,
            boolean agentsReview,
            Optional<String> managedBy) {}

    private record Row(Values values, Optional<String> managedBy) {}

    /** @param usual what counts until somebody sets something else */
    public Settings(Database database, AuditLog audit, Clock clock, Values usual) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.usual = usual;
        this.agentsReview = now().agentsReview().orElse(false);
    }

    /** Whether agents decide about what filters hold; from memory. */
    public boolean agentsReview() {
        return agentsReview;
    }

    public Values now() {
        return database.read(this::find).map(Row::values).orElse(usual);
    }

    Shown shown() {
        var row = database.read(this::find).orElse(new Row(usual, Optional.empty()));
        var values = row.values();
        return new Shown(
                values.organisation(),
                values.publicAddress(),
                values.language(),
                values.sound(),
                values.draftAlias(),
                values.agentsReview().orElse(false),
                row.managedBy());
    }

    void change(Caller caller, Values values) {
        database.useTransaction(tx -> {
            find(tx).flatMap(Row::managedBy).ifPresent(file -> {
                throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file);
            });
            keep(tx, values, Optional.empty(), caller.actor());
        });
        agentsReview = values.agentsReview().orElse(false);
    }

    /** Sets what a file says. */
    public void declare(String file, Values values) {
        database.useTransaction(tx -> {
            if (find(tx).equals(Optional.of(new Row(values, Optional.of(file))))) return;
            keep(tx, values, Optional.of(file), "file:" + file);
        });
        agentsReview = values.agentsReview().orElse(false);
    }

    /** The file that says what the settings are. */
    public Optional<String> file() {
        return database.read(this::find).flatMap(Row::managedBy);
    }

    /** Leaves the settings as they are, for people to change. */
    public void release(String file) {
        database.useTransaction(tx -> find(tx).filter(row -> row.managedBy().equals(Optional.of(file)))
                .ifPresent(row -> keep(tx, row.values(), Optional.empty(), "file:" + file)));
    }

    private void keep(Handle tx, Values values, Optional<String> managedBy, String actor) {
        tx.createUpdate(KEEP)
                .bind("key", KEY)
                .bind("value", new Jsonb(Json.text(values)))
                .bind("managedBy", managedBy.orElse(null))
                .execute();
        var now = clock.instant();
        audit.append(
                tx, new AuditEntry(now, actor, "settings.changed", "settings", Optional.empty(), Json.text(values)));
    }

    private Optional<Row> find(Handle db) {
        return db.createQuery(FIND)
                .bind("key", KEY)
                .map((rs, _) -> new Row(read(rs.getString("value")), Optional.ofNullable(rs.getString("managed_by"))))
                .findOne();
    }

    private static Values read(String json) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), Values.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
