package io.kefuhub.core.files;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Script;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Every statement that touches the {@code stored_file} table, and nothing else. */
public final class StoredFiles implements GroupWriter.Batch<FileRow, String> {
    private static final String INSERT = """
            insert into stored_file (id, sha256, size, mime, name, width, height, owner_kind, owner_id, created_at, expires_at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do nothing""";
    private static final String FIND = """
            select id, sha256, size, mime, name, width, height, owner_kind, owner_id, created_at, expires_at
            from stored_file where id = :id""";
    private static final String USE = """
            update stored_file f set expires_at = null,
                   owner_kind = case when f.owner_kind = '' then line.kind else f.owner_kind end,
                   owner_id = case when f.owner_kind = '' then line.owner else f.owner_id end
            from unnest(?, ?, ?) as line (id, kind, owner)
            where f.id = line.id""";
    private static final String KEEP = "update stored_file set expires_at = null where id = any(:ids)";
    private static final String RELEASE = "update stored_file set expires_at = :now where id = any(:ids)";
    private static final String EXPIRE = """
            delete from stored_file where id in
                (select id from stored_file where expires_at < :now order by expires_at limit 500 for update skip locked)
            returning sha256""";
    private static final String REFERRED = """
            select exists (select from stored_file where sha256 = :sha256)""";

    /** Writes rows; a repeated one changes nothing. */
    @Override
    public List<String> write(Handle tx, List<FileRow> rows, Script last) {
        last.update(
                INSERT,
                Columns.of(rows)
                        .texts(FileRow::id)
                        .texts(FileRow::sha256)
                        .longs(FileRow::size)
                        .texts(FileRow::mime)
                        .texts(FileRow::name)
                        .ints(row -> row.width().orElse(null))
                        .ints(row -> row.height().orElse(null))
                        .texts(FileRow::ownerKind)
                        .texts(FileRow::ownerId)
                        .moments(FileRow::createdAt)
                        .moments(row -> row.expiresAt().orElse(null)));
        return rows.stream().map(FileRow::id).toList();
    }

    public Optional<FileRow> find(Handle tx, String id) {
        return tx.createQuery(FIND)
                .bind("id", id)
                .map(ConstructorMapper.of(FileRow.class))
                .findOne();
    }

    /**
     * Keeps files for good, in the transaction of the messages that refer to them. One that belongs to nobody yet is
     * given to its owner.
     */
    public void use(Script script, Map<String, Owner> files) {
        script.update(
                USE,
                Columns.of(files.entrySet())
                        .texts(Map.Entry::getKey)
                        .texts(file -> file.getValue().kind())
                        .texts(file -> file.getValue().id()));
    }

    /** Keeps files for good, in the transaction of the settings that name them. */
    public void keep(Handle tx, Collection<String> ids) {
        tx.createUpdate(KEEP).bindArray("ids", String.class, ids).execute();
    }

    /** Gives up files whose owner is done with them; they go with the next sweep. */
    public void release(Handle tx, Collection<String> ids, Instant now) {
        tx.createUpdate(RELEASE)
                .bind("now", now)
                .bindArray("ids", String.class, ids)
                .execute();
    }

    /** Removes up to 500 that nothing used in time, and gives the hashes of their contents. */
    List<String> expire(Handle tx, Instant now) {
        return tx.createQuery(EXPIRE).bind("now", now).mapTo(String.class).list();
    }

    /** Whether any row still has this content. */
    boolean refersTo(Handle tx, String sha256) {
        return tx.createQuery(REFERRED)
                .bind("sha256", sha256)
                .mapTo(Boolean.class)
                .one();
    }
}
