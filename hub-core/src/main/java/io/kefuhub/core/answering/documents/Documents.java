package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.documents.reading.Format;
import io.kefuhub.core.answering.documents.reading.Trouble;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Every statement that touches the {@code knowledge_document} table, and nothing else. */
final class Documents {
    private static final String COLUMNS = """
            d.id, d.desk_id, d.file_id, d.file_name, d.file_size, d.file_format, d.next_id, d.next_name, d.next_size,
            d.next_format, d.trouble, d.enabled, d.language, d.pages, d.chunks, d.version, d.changed_by, d.changed_at""";
    private static final String FIND = "select " + COLUMNS + " from knowledge_document d where d.id = :id";
    private static final String LOCK = FIND + " for update";
    private static final String LIST = "select " + COLUMNS + """
             from knowledge_document d where (:allDesks or d.desk_id = any (:desks))
            order by d.changed_at desc, d.id desc limit :limit""";
    private static final String ALL = "select " + COLUMNS + " from knowledge_document d order by d.id";
    private static final String NAMED = """
            select exists (select from knowledge_document d
                where d.desk_id = :desk and d.id <> :id and lower(:name) in (lower(d.file_name), lower(d.next_name)))""";
    private static final String ADD = """
            insert into knowledge_document (id, desk_id, file_id, file_name, file_size, file_format, next_id, next_name,
                next_size, next_format, trouble, enabled, language, pages, chunks, version, changed_by, changed_at)
            values (:id, :desk, :fileId, :fileName, :fileSize, :fileFormat, :nextId, :nextName,
                :nextSize, :nextFormat, :trouble, :enabled, :language, :pages, :chunks, :version, :changedBy, :changedAt)""";
    private static final String CHANGE = """
            update knowledge_document set file_id = :fileId, file_name = :fileName, file_size = :fileSize,
                file_format = :fileFormat, next_id = :nextId, next_name = :nextName, next_size = :nextSize,
                next_format = :nextFormat, trouble = :trouble, enabled = :enabled, language = :language, pages = :pages,
                chunks = :chunks, version = :version, changed_by = :changedBy, changed_at = :changedAt
            where id = :id""";
    private static final String DELETE = "delete from knowledge_document where id = :id";

    Optional<KnowledgeDocument> find(Handle db, UUID id) {
        return db.createQuery(FIND).bind("id", id).map((row, _) -> read(row)).findOne();
    }

    /** Reads one that nobody else changes until the transaction ends. */
    Optional<KnowledgeDocument> lock(Handle tx, UUID id) {
        return tx.createQuery(LOCK).bind("id", id).map((row, _) -> read(row)).findOne();
    }

    /** The documents of some desks, of all where none are named; what changed last comes first. */
    List<KnowledgeDocument> list(Handle db, Optional<Set<UUID>> desks, int limit) {
        return db.createQuery(LIST)
                .bind("allDesks", desks.isEmpty())
                .bindArray("desks", UUID.class, List.copyOf(desks.orElse(Set.of())))
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    List<KnowledgeDocument> all(Handle db) {
        return db.createQuery(ALL).map((row, _) -> read(row)).list();
    }

    /** Whether another document of the desk has this name. */
    boolean isNamed(Handle db, UUID desk, UUID besides, String name) {
        return db.createQuery(NAMED)
                .bind("desk", desk)
                .bind("id", besides)
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    void add(Handle tx, KnowledgeDocument document) {
        bind(tx.createUpdate(ADD), document).execute();
    }

    void change(Handle tx, KnowledgeDocument document) {
        bind(tx.createUpdate(CHANGE), document).execute();
    }

    void delete(Handle tx, UUID id) {
        tx.createUpdate(DELETE).bind("id", id).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, KnowledgeDocument document) {
        var common = statement
                .bind("id", document.id())
                .bind("desk", document.desk())
                .bind("trouble", document.trouble().map(Trouble::code).orElse(null))
                .bind("enabled", document.enabled())
                .bind("language", document.language().code())
                .bind("pages", document.pages())
                .bind("chunks", document.chunks())
                .bind("version", document.version())
                .bind("changedBy", document.changedBy())
                .bind("changedAt", document.changedAt());
        return bind(bind(common, "file", document.served()), "next", document.next());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, String which, Optional<Original> original) {
        return statement
                .bind(which + "Id", original.map(Original::id).orElse(null))
                .bind(which + "Name", original.map(Original::name).orElse(null))
                .bind(which + "Size", original.map(Original::size).orElse(null))
                .bind(which + "Format", original.map(one -> one.format().code()).orElse(null));
    }

    private static KnowledgeDocument read(ResultSet row) throws SQLException {
        return new KnowledgeDocument(
                row.getObject("id", UUID.class),
                row.getObject("desk_id", UUID.class),
                original(row, "file"),
                original(row, "next"),
                Optional.ofNullable(row.getString("trouble")).map(Trouble::of),
                row.getBoolean("enabled"),
                EntryLanguage.of(row.getString("language")).orElse(EntryLanguage.ANY),
                row.getInt("pages"),
                row.getInt("chunks"),
                row.getLong("version"),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    private static Optional<Original> original(ResultSet row, String which) throws SQLException {
        @Nullable String id = row.getString(which + "_id");
        if (id == null) return Optional.empty();
        return Optional.of(new Original(
                id,
                row.getString(which + "_name"),
                row.getLong(which + "_size"),
                Format.of(row.getString(which + "_format"))));
    }
}
