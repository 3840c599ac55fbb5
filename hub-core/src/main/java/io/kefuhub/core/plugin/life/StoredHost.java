package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Keeps the instances of one kind in the {@code instance} table, and has them made. One thread at a time. */
public final class StoredHost<T extends AutoCloseable> implements Host<T> {
    private final Kind kind;
    private final Database database;
    private final InstanceRows rows;
    private final InstantSource clock;
    private final Maker<T> maker;

    /** Has an instance made, with what the hub lends it. */
    public interface Maker<T extends AutoCloseable> {
        Asked<CheckResult> make(Slot<T> slot, Offer<?> offer, InstanceSpec spec, Settings settings, Lent lent);
    }

    public StoredHost(Kind kind, Database database, InstanceRows rows, InstantSource clock, Maker<T> maker) {
        this.kind = kind;
        this.database = database;
        this.rows = rows;
        this.clock = clock;
        this.maker = maker;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public List<InstanceSpec> all() {
        return database.read(db -> rows.all(db, kind));
    }

    @Override
    public void keep(Handle tx, InstanceSpec spec) {
        rows.keep(tx, spec, clock.instant());
    }

    @Override
    public boolean forget(Handle tx, String key) {
        return rows.forget(tx, kind, key);
    }

    @Override
    public Asked<CheckResult> create(Slot<T> slot, Offer<?> offer, InstanceSpec spec, Settings settings, Lent lent) {
        return maker.make(slot, offer, spec, settings, lent);
    }
}
