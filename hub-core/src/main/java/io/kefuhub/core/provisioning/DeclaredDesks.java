package io.kefuhub.core.provisioning;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes desks be as files declare them. */
public final class DeclaredDesks implements Target<Declarations.Desk> {
    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final Desks desks = new Desks();

    public DeclaredDesks(Database database, AuditLog audit, Ids ids, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Set<String> files() {
        return database.read(desks::all).stream()
                .flatMap(desk -> desk.managedBy().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void apply(String file, List<Declarations.Desk> declared) {
        database.useTransaction(tx -> {
            var before = desks.all(tx).stream().collect(Collectors.toMap(Desk::key, desk -> desk));
            var kept = new HashSet<String>();
            for (var one : declared) {
                kept.add(one.key());
                var old = Optional.ofNullable(before.get(one.key()));
                var id = old.map(Desk::id).orElseGet(() -> new DeskId(ids.next()));
                var wanted = new Desk(id, one.key(), one.titles(), one.language(), one.enabled(), Optional.of(file));
                if (!old.equals(Optional.of(wanted))) keep(tx, file, wanted);
            }
            for (var desk : before.values()) {
                if (!desk.managedBy().equals(Optional.of(file)) || kept.contains(desk.key()) || !desk.enabled())
                    continue;
                keep(
                        tx,
                        file,
                        new Desk(desk.id(), desk.key(), desk.titles(), desk.language(), false, desk.managedBy()));
            }
        });
    }

    private void keep(org.jdbi.v3.core.Handle tx, String file, Desk desk) {
        desks.keep(tx, desk);
        audit.append(tx, AuditEntry.of(clock.instant(), "file:" + file, "desk.declared", "desk:" + desk.id()));
    }
}
