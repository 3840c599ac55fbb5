package io.kefuhub.core.answering.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Every statement that touches the {@code knowledge_entry} table, and nothing else. */
final class Entries {
    private static final String COLUMNS = """
            e.id, e.desk_id, e.language, e.question, e.similar_questions, e.answer, e.valid_from, e.valid_until,
            e.audience, e.channels, e.enabled, coalesce(e.managed_by, '') as managed_by, e.version, e.changed_at""";
    private static final String FIND = "select " + COLUMNS + " from knowledge_entry e where e.id = :id";
    private static final String FIND_SAME = "select " + COLUMNS + """
             from knowledge_entry e
            where e.desk_id = :desk and e.language = :language and e.bare = :bare
                and e.audience = :audience and e.channels = :channels""";
    private static final String OF_DESK =
            "select " + COLUMNS + " from knowledge_entry e where e.desk_id = :desk order by e.id";
    private static final String MANAGED_BY =
            "select " + COLUMNS + " from knowledge_entry e where e.managed_by = :file order by e.id";
    private static final String DESKS = "select distinct desk_id from knowledge_entry";
    private static final String FILES = "select distinct managed_by from knowledge_entry where managed_by is not null";
    private static final String MATCHING = """
             from knowledge_entry e
            where (:allDesks or e.desk_id = any (:desks))
                and (:language = '' or e.language = :language)
                and (:enabled = '' or e.enabled = (:enabled = 'true'))
                and (:q = '' or e.question ilike :like or e.answer ilike :like
                    or array_to_string(e.similar_questions, chr(10)) ilike :like)""";
    private static final String PAGE = "select " + COLUMNS + MATCHING + """
                 and (e.changed_at, e.id) < (cast(:beforeAt as timestamptz), :beforeId)
            order by e.changed_at desc, e.id desc limit :limit""";
    private static final String COUNT = "select count(*)" + MATCHING;
    private static final String ADD = """
            insert into knowledge_entry (id, desk_id, language, question, bare, similar_questions, answer, valid_from,
                valid_until, audience, channels, enabled, managed_by, version, changed_at)
            values (:id, :desk, :language, :question, :bare, :similar, :answer, cast(:from as timestamptz),
                cast(:until as timestamptz), :audience, :channels, :enabled, nullif(:managedBy, ''), :version, :changedAt)
            on conflict on constraint knowledge_entry_asks_once do nothing""";
    private static final String CHANGE = """
            update knowledge_entry set desk_id = :desk, language = :language, question = :question, bare = :bare,
                similar_questions = :similar, answer = :answer, valid_from = cast(:from as timestamptz),
                valid_until = cast(:until as timestamptz), audience = :audience, channels = :channels, enabled = :enabled, managed_by = nullif(:managedBy, ''),
                version = :version, changed_at = :changedAt
            where id = :id and version = :version - 1""";
    private static final String DELETE = "delete from knowledge_entry where id = :id";

    Optional<KnowledgeEntry> find(Handle db, EntryId id) {
        return db.createQuery(FIND)
                .bind("id", id.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    /** The entry of a desk that asks the same people the same in the same language. */
    Optional<KnowledgeEntry> same(Handle db, UUID desk, EntryContent content) {
        return db.createQuery(FIND_SAME)
                .bind("desk", desk)
                .bind("language", content.language().code())
                .bind("bare", content.bare())
                .bind("audience", content.reach().audience().code())
                .bindArray("channels", String.class, content.reach().channels())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    List<KnowledgeEntry> ofDesk(Handle db, UUID desk) {
        return db.createQuery(OF_DESK)
                .bind("desk", desk)
                .map((rs, _) -> read(rs))
                .list();
    }

    List<KnowledgeEntry> managedBy(Handle db, String file) {
        return db.createQuery(MANAGED_BY)
                .bind("file", file)
                .map((rs, _) -> read(rs))
                .list();
    }

    /** The desks that have entries. */
    List<UUID> desks(Handle db) {
        return db.createQuery(DESKS).mapTo(UUID.class).list();
    }

    /** The files that declare entries. */
    List<String> files(Handle db) {
        return db.createQuery(FILES).mapTo(String.class).list();
    }

    List<KnowledgeEntry> page(Handle db, EntryFilter filter, Place before, int limit) {
        return matching(db.createQuery(PAGE), filter)
                .bind("beforeAt", before.at())
                .bind("beforeId", before.id())
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    long count(Handle db, EntryFilter filter) {
        return matching(db.createQuery(COUNT), filter).mapTo(Long.class).one();
    }

    /** Adds an entry; false when there is one already that asks the same. */
    boolean add(Handle tx, KnowledgeEntry entry) {
        return bind(tx.createUpdate(ADD), entry).execute() == 1;
    }

    /** Stores an entry over its version before; false when that is not the one stored. */
    boolean change(Handle tx, KnowledgeEntry entry) {
        return bind(tx.createUpdate(CHANGE), entry).execute() == 1;
    }

    void delete(Handle tx, EntryId id) {
        tx.createUpdate(DELETE).bind("id", id.value()).execute();
    }

    private static <S extends SqlStatement<S>> S matching(S statement, EntryFilter filter) {
        return statement
                .bind("allDesks", filter.desks().isEmpty())
                .bindArray("desks", UUID.class, List.copyOf(filter.desks().orElse(java.util.Set.of())))
                .bind("language", filter.language().map(EntryLanguage::code).orElse(""))
                .bind("enabled", filter.enabled().map(String::valueOf).orElse(""))
                .bind("q", filter.text())
                .bind("like", "%" + filter.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, KnowledgeEntry entry) {
        var content = entry.content();
        return statement
                .bind("id", entry.id().value())
                .bind("desk", entry.desk())
                .bind("language", content.language().code())
                .bind("question", content.question())
                .bind("bare", content.bare())
                .bindArray("similar", String.class, content.similar())
                .bind("answer", content.answer())
                .bind("from", open(content.validity().from()))
                .bind("until", open(content.validity().until()))
                .bind("audience", content.reach().audience().code())
                .bindArray("channels", String.class, content.reach().channels())
                .bind("enabled", content.enabled())
                .bind("managedBy", entry.managedBy())
                .bind("version", entry.version())
                .bind("changedAt", entry.changedAt());
    }

    private static @Nullable String open(Instant moment) {
        return moment.equals(Instant.MIN) || moment.equals(Instant.MAX) ? null : moment.toString();
    }

    private static KnowledgeEntry read(ResultSet row) throws SQLException {
        var content = new EntryContent(
                EntryLanguage.of(row.getString("language")).orElseThrow(),
                row.getString("question"),
                List.of((String[]) row.getArray("similar_questions").getArray()),
                row.getString("answer"),
                new Validity(moment(row, "valid_from", Instant.MIN), moment(row, "valid_until", Instant.MAX)),
                new Reach(Audience.of(row.getString("audience")).orElseThrow(), List.of((String[])
                        row.getArray("channels").getArray())),
                row.getBoolean("enabled"));
        return new KnowledgeEntry(
                new EntryId(row.getObject("id", UUID.class)),
                row.getObject("desk_id", UUID.class),
                content,
                row.getString("managed_by"),
                row.getLong("version"),
                moment(row, "changed_at", Instant.MIN));
    }

    private static Instant moment(ResultSet row, String column, Instant open) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? open : moment.toInstant();
    }
}
