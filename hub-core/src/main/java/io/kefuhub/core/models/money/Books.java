package io.kefuhub.core.models.money;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Jsonb;
import io.kefuhub.core.web.Json;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How the books are kept: the one row of the {@code books} table, and as it stands now. Safe for threads. */
public final class Books {
    private static final String FIND = """
            select currency, zone, desk_zones::text as desk_zones, grace_percent, closes_on_excess, managed_by
            from books""";
    private static final String KEEP = """
            insert into books (one, currency, zone, desk_zones, grace_percent, closes_on_excess, managed_by)
            values (true, :currency, :zone, :deskZones, :grace, :closes, :managedBy)
            on conflict (one) do update set currency = excluded.currency, zone = excluded.zone,
                desk_zones = excluded.desk_zones, grace_percent = excluded.grace_percent,
                closes_on_excess = excluded.closes_on_excess, managed_by = excluded.managed_by""";

    private static final String USED = "select exists (select from attempt) or exists (select from reservation)";

    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final BookRules usual;
    private volatile Row now;
    private volatile Runnable changed = () -> {};

    /** @param managedBy the file that says so */
    record Row(BookRules rules, Optional<String> managedBy) {}

    private record Zones(Map<String, String> desks) {}

    /** @param usual what counts until somebody says otherwise */
    public Books(Database database, AuditLog audit, InstantSource clock, BookRules usual) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.usual = usual;
        this.now = database.read(this::find);
    }

    public BookRules rules() {
        return now.rules();
    }

    /** The file that says how they are kept. */
    public Optional<String> file() {
        return now.managedBy();
    }

    /** Whether amounts were written, so that the currency can no longer change. */
    public boolean areUsed() {
        return database.read(db -> db.createQuery(USED).mapTo(Boolean.class).one());
    }

    /** Has somebody told of changes made here, who must not wait. */
    void whenChanged(Runnable listener) {
        changed = listener;
    }

    /** Reads what another node may have changed. */
    public void refresh() {
        now = database.read(this::find);
    }

    /** Changes how the books are kept; amounts that were written in one currency are never read as another's. */
    public void change(BookRules rules, Optional<String> file, String actor) {
        database.useTransaction(tx -> {
            if (find(tx).equals(new Row(rules, file))) return;
            keep(tx, rules, file);
            audit.append(
                    tx,
                    new AuditEntry(
                            clock.instant(), actor, "books.changed", "books", Optional.empty(), Json.text(rules)));
        });
        refresh();
        changed.run();
    }

    private void keep(Handle tx, BookRules rules, Optional<String> file) {
        var zones = new TreeMap<String, String>();
        rules.deskZones().forEach((desk, zone) -> zones.put(desk, zone.getId()));
        tx.createUpdate(KEEP)
                .bind("currency", rules.currency())
                .bind("zone", rules.zone().getId())
                .bind("deskZones", new Jsonb(Json.text(new Zones(zones))))
                .bind("grace", rules.gracePercent())
                .bind("closes", rules.closesOnExcess())
                .bind("managedBy", file.orElse(null))
                .execute();
    }

    private Row find(Handle db) {
        return db.createQuery(FIND)
                .map((rs, _) -> new Row(
                        new BookRules(
                                rs.getString("currency"),
                                ZoneId.of(rs.getString("zone")),
                                zones(rs.getString("desk_zones")),
                                rs.getInt("grace_percent"),
                                rs.getBoolean("closes_on_excess")),
                        Optional.ofNullable(rs.getString("managed_by"))))
                .findOne()
                .orElse(new Row(usual, Optional.empty()));
    }

    private static Map<String, ZoneId> zones(String json) {
        return Json.parse(json, Zones.class).desks().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ZoneId.of(entry.getValue())));
    }
}
