package io.kefuhub.core.answering.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code proposed_entry} table, and nothing else. */
final class ProposedEntries {
    private static final String COLUMNS = """
            id, desk_id, language, question, answer, origin, conversation_id, message_id, proposed_by, proposed_at""";
    private static final String FIND = "select " + COLUMNS + " from proposed_entry where id = :id";
    private static final String MATCHING = " from proposed_entry where (:allDesks or desk_id = any (:desks))";
    private static final String PAGE = "select " + COLUMNS + MATCHING + """
             and (proposed_at, id) < (cast(:beforeAt as timestamptz), :beforeId)
            order by proposed_at desc, id desc limit :limit""";
    private static final String COUNT = "select count(*)" + MATCHING;
    private static final String PUT = """
            insert into proposed_entry (id, desk_id, language, question, answer, origin, conversation_id, message_id,
                proposed_by, proposed_at)
            values (:id, :desk, :language, :question, :answer, :origin, cast(:conversation as uuid),
                cast(:message as uuid), :proposedBy, :proposedAt)
            on conflict (message_id) where message_id is not null do update
                set desk_id = excluded.desk_id, language = excluded.language, question = excluded.question,
                    answer = excluded.answer, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at
            returning id""";
    private static final String REMOVE = "delete from proposed_entry where id = :id";

    Optional<Proposal> find(Handle db, UUID id) {
        return db.createQuery(FIND).bind("id", id).map((row, _) -> read(row)).findOne();
    }

    List<Proposal> page(Handle db, Optional<Set<UUID>> desks, Place before, int limit) {
        return db.createQuery(PAGE)
                .bind("allDesks", desks.isEmpty())
                .bindArray("desks", UUID.class, List.copyOf(desks.orElse(Set.of())))
                .bind("beforeAt", before.at())
                .bind("beforeId", before.id())
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    long count(Handle db, Optional<Set<UUID>> desks) {
        return db.createQuery(COUNT)
                .bind("allDesks", desks.isEmpty())
                .bindArray("desks", UUID.class, List.copyOf(desks.orElse(Set.of())))
                .mapTo(Long.class)
                .one();
    }

    /** Adds one, or puts it in the place of what was proposed for the same message; gives the id it has. */
    UUID put(Handle tx, Proposal proposal) {
        return tx.createQuery(PUT)
                .bind("id", proposal.id())
                .bind("desk", proposal.desk())
                .bind("language", proposal.content().language().code())
                .bind("question", proposal.content().question())
                .bind("answer", proposal.content().answer())
                .bind("origin", proposal.origin().code())
                .bind(
                        "conversation",
                        proposal.conversation().map(UUID::toString).orElse(null))
                .bind("message", proposal.message().map(UUID::toString).orElse(null))
                .bind("proposedBy", proposal.proposedBy())
                .bind("proposedAt", proposal.proposedAt())
                .mapTo(UUID.class)
                .one();
    }

    boolean remove(Handle tx, UUID id) {
        return tx.createUpdate(REMOVE).bind("id", id).execute() == 1;
    }

    private static Proposal read(ResultSet row) throws SQLException {
        return new Proposal(
                row.getObject("id", UUID.class),
                row.getObject("desk_id", UUID.class),
                EntryContent.of(
                        EntryLanguage.of(row.getString("language")).orElse(EntryLanguage.ANY),
                        row.getString("question"),
                        List.of(),
                        row.getString("answer")),
                Proposal.Origin.of(row.getString("origin")).orElse(Proposal.Origin.CORRECTION),
                Optional.ofNullable(row.getObject("conversation_id", UUID.class)),
                Optional.ofNullable(row.getObject("message_id", UUID.class)),
                row.getString("proposed_by"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant());
    }
}
