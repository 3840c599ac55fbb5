package io.kefuhub.api;

import java.io.InputStream;
import java.util.Optional;

/** Files kept by the hub, checked by content and stored by hash. Safe for threads. */
public interface Files {
    /**
     * Checks and keeps a file; returns when it is durable. A kept file that no message refers to within an hour is
     * deleted.
     *
     * @param name what people see; only its last path segment is kept
     * @param content read to its end or to the limit, and closed
     * @param limit in bytes
     */
    Kept keep(String name, InputStream content, long limit);

    /** Looks a file up by its id. */
    Optional<StoredFile> find(String id);

    /** Opens a file's content; empty when there is no such file. The caller closes it. */
    Optional<InputStream> open(String id);

    /** What became of a file offered to the hub. */
    sealed interface Kept {
        record Stored(StoredFile file) implements Kept {}

        record TooLarge(long limit) implements Kept {}

        /** Its content is of no allowed type, or is not what it says it is. */
        record NotAllowed(String reason) implements Kept {}

        /** There is no room, or the disk failed; the same file may be offered again later. */
        record NoRoom() implements Kept {}
    }
}
