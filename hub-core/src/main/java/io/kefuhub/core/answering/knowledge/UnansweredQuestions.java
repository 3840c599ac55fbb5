package io.kefuhub.core.answering.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code unanswered_question} table, and nothing else. */
final class UnansweredQuestions {
    private static final String COUNT_IN = """
            insert into unanswered_question (id, desk_id, language, bare, sample, times, first_at, last_at,
                conversation_id)
            values (:id, :desk, :language, :bare, :sample, :times, :firstAt, :lastAt, cast(:conversation as uuid))
            on conflict (desk_id, language, bare) do update set sample = excluded.sample,
                times = unanswered_question.times + excluded.times, last_at = excluded.last_at,
                conversation_id = excluded.conversation_id""";
    private static final String PAGE = """
            select id, desk_id, language, bare, sample, times, first_at, last_at, conversation_id
            from unanswered_question
            where not dismissed and (:allDesks or desk_id = any (:desks))
                and (last_at, id) < (:beforeAt, :beforeId)
            order by last_at desc, id desc limit :limit""";
    private static final String DISMISS = """
            update unanswered_question set dismissed = true
            where id = :id and (:allDesks or desk_id = any (:desks))""";
    private static final String ANSWERED = """
            delete from unanswered_question
            where desk_id = :desk and (:language = 'any' or language = :language) and bare = any (:bare)""";

    /** Adds what was asked since the last time; one row for each question. */
    void countIn(Handle tx, Collection<UnansweredQuestion> questions) {
        var batch = tx.prepareBatch(COUNT_IN);
        // In one order, so that two writers never wait for each other.
        questions.stream()
                .sorted(java.util.Comparator.comparing(UnansweredQuestion::bare))
                .forEach(question -> batch.bind("id", question.id())
                        .bind("desk", question.desk())
                        .bind("language", question.language().code())
                        .bind("bare", question.bare())
                        .bind("sample", question.sample())
                        .bind("times", question.times())
                        .bind("firstAt", question.firstAt())
                        .bind("lastAt", question.lastAt())
                        .bind(
                                "conversation",
                                question.conversation().map(UUID::toString).orElse(null))
                        .add());
        batch.execute();
    }

    List<UnansweredQuestion> page(Handle db, Optional<Set<UUID>> desks, Place before, int limit) {
        return db.createQuery(PAGE)
                .bind("allDesks", desks.isEmpty())
                .bindArray("desks", UUID.class, List.copyOf(desks.orElse(Set.of())))
                .bind("beforeAt", before.at())
                .bind("beforeId", before.id())
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    boolean dismiss(Handle tx, UUID id, Optional<Set<UUID>> desks) {
        return tx.createUpdate(DISMISS)
                        .bind("id", id)
                        .bind("allDesks", desks.isEmpty())
                        .bindArray("desks", UUID.class, List.copyOf(desks.orElse(Set.of())))
                        .execute()
                == 1;
    }

    /** Takes away what an entry answers now. */
    void answered(Handle tx, UUID desk, EntryContent content) {
        tx.createUpdate(ANSWERED)
                .bind("desk", desk)
                .bind("language", content.language().code())
                .bindArray("bare", String.class, content.bareWordings())
                .execute();
    }

    private static UnansweredQuestion read(ResultSet row) throws SQLException {
        return new UnansweredQuestion(
                row.getObject("id", UUID.class),
                row.getObject("desk_id", UUID.class),
                EntryLanguage.of(row.getString("language")).orElse(EntryLanguage.ANY),
                row.getString("bare"),
                row.getString("sample"),
                row.getInt("times"),
                moment(row, "first_at"),
                moment(row, "last_at"),
                Optional.ofNullable(row.getObject("conversation_id", UUID.class)));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
