package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Entries that people propose, and what becomes of them: a person publishes each, or drops it. Safe for threads. */
public final class Proposing {
    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final Knowledge knowledge;
    private final ProposedEntries proposed = new ProposedEntries();
    private final Entries entries = new Entries();

    public Proposing(Database database, AuditLog audit, Ids ids, Clock clock, Knowledge knowledge) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.knowledge = knowledge;
    }

    /**
     * Proposes an entry; another one for the same message takes the place of the first.
     *
     * @param message the answer that is corrected
     */
    public Proposal propose(
            String actor,
            UUID desk,
            EntryContent content,
            Proposal.Origin origin,
            Optional<UUID> conversation,
            Optional<UUID> message) {
        var proposal = new Proposal(ids.next(), desk, content, origin, conversation, message, actor, now());
        return database.inTransaction(tx -> {
            var id = proposed.put(tx, proposal);
            write(tx, actor, "entry.proposed", id);
            return proposed.find(tx, id).orElseThrow();
        });
    }

    Optional<Proposal> find(UUID id) {
        return database.read(db -> proposed.find(db, id));
    }

    List<Proposal> page(Optional<Set<UUID>> desks, Place before, int limit) {
        return database.read(db -> proposed.page(db, desks, before, limit));
    }

    long count(Optional<Set<UUID>> desks) {
        return database.read(db -> proposed.count(db, desks));
    }

    /** The entry that asks what a proposal asks. */
    Optional<KnowledgeEntry> existing(Proposal proposal) {
        return database.read(db -> entries.same(db, proposal.desk(), proposal.content()));
    }

    /**
     * Makes an entry of a proposal.
     *
     * @param content as the person wants it
     * @param replace whether an entry that asks the same gets this answer; else it stands in the way
     */
    Saved publish(String actor, UUID id, EntryContent content, boolean replace) {
        return knowledge.publish(tx -> {
            var proposal = proposed.find(tx, id);
            if (proposal.isEmpty()) return new Saved.Gone();
            var saved = knowledge.put(tx, actor, proposal.get().desk(), content, replace);
            if (saved instanceof Saved.Done) {
                proposed.remove(tx, id);
                write(tx, actor, "proposal.published", id);
            }
            return saved;
        });
    }

    /** Drops a proposal; false when it is not there. */
    boolean dismiss(String actor, UUID id) {
        return database.inTransaction(tx -> {
            if (!proposed.remove(tx, id)) return false;
            write(tx, actor, "proposal.dismissed", id);
            return true;
        });
    }

    private void write(Handle tx, String actor, String action, UUID id) {
        audit.append(tx, AuditEntry.of(clock.instant(), actor, action, "proposal:" + id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
