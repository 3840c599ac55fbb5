package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.passages.Passages;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.StoredFiles;
import io.kefuhub.core.web.Json;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;

/**
 * All files that desks answer from. Safe for threads.
 *
 * <p>An upload is stored and read in the background. What a document says is answered from when it has been read; a file
 * that replaces another takes its place at that moment, and where it cannot be read the one before goes on.
 */
public final class Library implements AutoCloseable {
    /** What it stands on. */
    public record Parts(
            Database database, AuditLog audit, HubFiles files, Passages passages, Ids ids, Clock clock, Path scratch) {}

    private static final int MOST_LISTED = 500;

    private final Parts parts;
    private final Reception reception;
    private final Documents documents = new Documents();
    private final Chunks chunks = new Chunks();
    private final StoredFiles stored = new StoredFiles();
    private final Readings readings;

    public Library(Parts parts) {
        this.parts = parts;
        this.reception = new Reception(parts.files());
        this.readings = new Readings(parts);
    }

    /**
     * Takes up what was read before, and reads what was not, in the background.
     *
     * @return done when all that was read before can be found
     */
    public CompletableFuture<Void> start() {
        var shown = readings.start();
        parts.passages().expect(shown);
        return shown;
    }

    List<KnowledgeDocument> list(Optional<Set<UUID>> desks) {
        return parts.database().read(db -> documents.list(db, desks, MOST_LISTED));
    }

    Optional<KnowledgeDocument> find(UUID id) {
        return parts.database().read(db -> documents.find(db, id));
    }

    List<Chunk> chunks(UUID document, int after, int limit) {
        return parts.database().read(db -> chunks.page(db, document, after, limit));
    }

    Optional<Readings.Pages> progress(UUID document) {
        return readings.progress(document);
    }

    Optional<InputStream> open(Original original) {
        return parts.files().open(original.id());
    }

    /** Takes a new document in. */
    Placed add(String actor, UUID desk, String name, InputStream content) {
        var id = parts.ids().next();
        return switch (reception.take(id, name, content)) {
            case Reception.Taken.Not(var why) -> why;
            case Reception.Taken.In(var original) -> {
                var document = new KnowledgeDocument(
                        id,
                        desk,
                        Optional.empty(),
                        Optional.of(original),
                        Optional.empty(),
                        true,
                        EntryLanguage.ANY,
                        0,
                        0,
                        1,
                        actor,
                        now());
                yield read(parts.database().inTransaction(tx -> {
                    if (documents.isNamed(tx, desk, id, original.name())) {
                        return new Placed.NameTaken(original.name());
                    }
                    documents.add(tx, document);
                    stored.keep(tx, List.of(original.id()));
                    write(tx, actor, "document.added", document);
                    return new Placed.Done(document);
                }));
            }
        };
    }

    /** Takes a file that is to stand in the place of the one there is. */
    Placed replace(String actor, UUID id, String name, InputStream content) {
        return switch (reception.take(id, name, content)) {
            case Reception.Taken.Not(var why) -> why;
            case Reception.Taken.In(var original) ->
                read(parts.database().inTransaction(tx -> {
                    var before = documents.lock(tx, id);
                    if (before.isEmpty()) return new Placed.Gone();
                    if (documents.isNamed(tx, before.get().desk(), id, original.name())) {
                        return new Placed.NameTaken(original.name());
                    }
                    var after = next(before.get(), original, actor);
                    documents.change(tx, after);
                    before.get().next().ifPresent(unread -> stored.release(tx, List.of(unread.id()), now()));
                    stored.keep(tx, List.of(original.id()));
                    write(tx, actor, "document.replaced", after);
                    return new Placed.Done(after);
                }));
        };
    }

    /** Switches a document on or off. */
    Placed enable(String actor, UUID id, boolean enabled) {
        var placed = parts.database().inTransaction(tx -> {
            var before = documents.lock(tx, id);
            if (before.isEmpty()) return new Placed.Gone();
            var after = switched(before.get(), enabled, actor);
            documents.change(tx, after);
            write(tx, actor, "document.changed", after);
            return new Placed.Done(after);
        });
        return shown(placed);
    }

    /** Deletes a document, its pieces and its file. */
    Placed delete(String actor, UUID id) {
        var placed = parts.database().inTransaction(tx -> {
            var before = documents.lock(tx, id);
            if (before.isEmpty()) return new Placed.Gone();
            documents.delete(tx, id);
            before.get().served().ifPresent(file -> stored.release(tx, List.of(file.id()), now()));
            before.get().next().ifPresent(file -> stored.release(tx, List.of(file.id()), now()));
            write(tx, actor, "document.deleted", before.get());
            return new Placed.Done(before.get());
        });
        return shown(placed);
    }

    private Placed read(Placed placed) {
        if (placed instanceof Placed.Done(var document)) readings.read(document.id());
        return placed;
    }

    private Placed shown(Placed placed) {
        if (placed instanceof Placed.Done(var document)) readings.show(document);
        return placed;
    }

    private KnowledgeDocument next(KnowledgeDocument before, Original original, String actor) {
        return new KnowledgeDocument(
                before.id(),
                before.desk(),
                before.served(),
                Optional.of(original),
                Optional.empty(),
                before.enabled(),
                before.language(),
                before.pages(),
                before.chunks(),
                before.version() + 1,
                actor,
                now());
    }

    private KnowledgeDocument switched(KnowledgeDocument before, boolean enabled, String actor) {
        return new KnowledgeDocument(
                before.id(),
                before.desk(),
                before.served(),
                before.next(),
                before.trouble(),
                enabled,
                before.language(),
                before.pages(),
                before.chunks(),
                before.version() + 1,
                actor,
                now());
    }

    private void write(Handle tx, String actor, String action, KnowledgeDocument document) {
        var detail = Json.text(Map.of("name", document.name(), "enabled", document.enabled()));
        parts.audit()
                .append(
                        tx,
                        new AuditEntry(
                                parts.clock().instant(),
                                actor,
                                action,
                                "document:" + document.id(),
                                Optional.empty(),
                                detail));
    }

    private Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        readings.close();
    }
}
