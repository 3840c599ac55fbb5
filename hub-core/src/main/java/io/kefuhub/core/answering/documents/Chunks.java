package io.kefuhub.core.answering.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code knowledge_chunk} table, and nothing else. */
final class Chunks {
    private static final String COLUMNS = "id, document_id, place, headings, page, text";
    private static final String PAGE = "select " + COLUMNS
            + " from knowledge_chunk where document_id = :document and place > :after order by place limit :limit";
    private static final String REMOVE = "delete from knowledge_chunk where document_id = :document";
    private static final String ADD = """
            insert into knowledge_chunk (id, document_id, place, headings, page, text)
            values (:id, :document, :place, :headings, :page, :text)""";

    /** A document's pieces after a place, in order. */
    List<Chunk> page(Handle db, UUID document, int after, int limit) {
        return db.createQuery(PAGE)
                .bind("document", document)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    /** All pieces of a document, in order. */
    List<Chunk> all(Handle db, UUID document) {
        return page(db, document, 0, Integer.MAX_VALUE);
    }

    /** Puts pieces in the place of those a document had. */
    void replace(Handle tx, UUID document, List<Chunk> chunks) {
        tx.createUpdate(REMOVE).bind("document", document).execute();
        if (chunks.isEmpty()) return;
        var batch = tx.prepareBatch(ADD);
        for (var chunk : chunks) {
            batch.bind("id", chunk.id())
                    .bind("document", document)
                    .bind("place", chunk.place())
                    .bindArray("headings", String.class, chunk.headings())
                    .bind("page", chunk.page())
                    .bind("text", chunk.text())
                    .add();
        }
        batch.execute();
    }

    private static Chunk read(ResultSet row) throws SQLException {
        return new Chunk(
                row.getObject("id", UUID.class),
                row.getObject("document_id", UUID.class),
                row.getInt("place"),
                List.of((String[]) row.getArray("headings").getArray()),
                row.getInt("page"),
                row.getString("text"));
    }
}
