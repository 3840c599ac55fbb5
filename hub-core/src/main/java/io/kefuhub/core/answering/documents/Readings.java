package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.documents.reading.DocumentReader;
import io.kefuhub.core.answering.documents.reading.Trouble;
import io.kefuhub.core.answering.documents.reading.UnreadableException;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.passages.Item;
import io.kefuhub.core.answering.passages.Passage;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.files.StoredFiles;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents, one after the other, and shows what they say to those who search. A thread of its own; what it had not
 * finished when the hub ended is read at the next start.
 */
final class Readings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
    private static final long RETRY_SECONDS = 2;
    private static final int LANGUAGE_SAMPLE = 2_000;

    /** How far a document is read. @param of 0 while that is not known */
    record Pages(int read, int of) {}

    private final Library.Parts parts;
    private final DocumentReader reader;
    private final Documents documents = new Documents();
    private final Chunks chunks = new Chunks();
    private final StoredFiles stored = new StoredFiles();
    private final Map<UUID, Pages> progress = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("documents").daemon().factory());

    Readings(Library.Parts parts) {
        this.parts = parts;
        this.reader = new DocumentReader(parts.scratch());
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Shows what was read before, then reads what was not; ends when the first is done. */
    CompletableFuture<Void> start() {
        var shown = new CompletableFuture<Void>();
        run(() -> {
            try {
                load();
                shown.complete(null);
            } catch (DatabaseAwayException e) {
                throw e;
            } catch (RuntimeException e) {
                shown.completeExceptionally(e);
                throw e;
            }
        });
        return shown;
    }

    private void load() {
        var desks = new HashMap<UUID, Map<UUID, List<Item>>>();
        var all = parts.database().read(documents::all);
        for (var document : all) {
            if (document.enabled() && document.served().isPresent()) {
                desks.computeIfAbsent(document.desk(), any -> new HashMap<>()).put(document.id(), items(document));
            }
        }
        desks.forEach(parts.passages()::documents);
        all.stream().filter(KnowledgeDocument::isUnread).forEach(document -> read(document.id()));
    }

    Optional<Pages> progress(UUID document) {
        return Optional.ofNullable(progress.get(document));
    }

    /** Reads what is next of a document. */
    void read(UUID document) {
        run(() -> readNow(document));
    }

    /** Shows a document as it is now to those who search; one that is off or gone is taken away. */
    void show(KnowledgeDocument document) {
        run(() -> showNow(document.desk(), document.id()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // tried again, or ends with close
    private void run(Runnable work) {
        if (worker.isShutdown()) return;
        worker.execute(() -> {
            try {
                work.run();
            } catch (DatabaseAwayException e) {
                LOG.warn("A document waits: the database is away");
                if (!worker.isShutdown()) worker.schedule(() -> run(work), RETRY_SECONDS, TimeUnit.SECONDS);
            } catch (RuntimeException e) {
                LOG.error("A document could not be taken in", e);
            }
        });
    }

    private void readNow(UUID id) {
        var document = parts.database().read(db -> documents.find(db, id)).filter(KnowledgeDocument::isUnread);
        if (document.isEmpty()) return;
        var original = document.get().next().orElseThrow();
        var row = parts.files().row(original.id());
        if (row.isEmpty()) {
            fail(id, original, Trouble.BROKEN);
            return;
        }
        progress.put(id, new Pages(0, 0));
        try {
            var reading = reader.read(
                    original.format(),
                    parts.files().place(row.get()),
                    (read, of) -> progress.put(id, new Pages(read, of)));
            var pieces = Cutter.cut(reading.blocks());
            if (pieces.isEmpty()) throw new UnreadableException(Trouble.EMPTY);
            succeed(id, original, reading.pages(), pieces);
            showNow(document.get().desk(), id);
        } catch (UnreadableException e) {
            // Cut off by the end of the hub, which says nothing about the document.
            if (worker.isShutdown()) return;
            LOG.info("A document cannot be read: {}", e.trouble().code());
            fail(id, original, e.trouble());
        } finally {
            progress.remove(id);
        }
    }

    private void succeed(UUID id, Original original, int pages, List<Piece> pieces) {
        var language = EntryLanguage.written(pieces.stream()
                .map(Piece::text)
                .limit(20)
                .collect(Collectors.joining("\n"))
                .chars()
                .limit(LANGUAGE_SAMPLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
        var cut = new ArrayList<Chunk>();
        for (var piece : pieces) {
            cut.add(new Chunk(parts.ids().next(), id, cut.size() + 1, piece.headings(), piece.page(), piece.text()));
        }
        parts.database().useTransaction(tx -> {
            var before = documents.lock(tx, id).filter(document -> isNext(document, original));
            if (before.isEmpty()) return;
            chunks.replace(tx, id, cut);
            documents.change(tx, read(before.get(), language, pages, cut.size()));
            before.get().served().ifPresent(old -> stored.release(tx, List.of(old.id()), now()));
        });
    }

    private void fail(UUID id, Original original, Trouble trouble) {
        parts.database()
                .useTransaction(tx -> documents
                        .lock(tx, id)
                        .filter(document -> isNext(document, original))
                        .ifPresent(document -> documents.change(tx, troubled(document, trouble))));
    }

    /** Whether no other file was uploaded while this one was read. */
    private static boolean isNext(KnowledgeDocument document, Original original) {
        return document.next().filter(next -> next.id().equals(original.id())).isPresent();
    }

    private KnowledgeDocument read(KnowledgeDocument before, EntryLanguage language, int pages, int count) {
        return new KnowledgeDocument(
                before.id(),
                before.desk(),
                before.next(),
                Optional.empty(),
                Optional.empty(),
                before.enabled(),
                language,
                pages,
                count,
                before.version() + 1,
                before.changedBy(),
                now());
    }

    private KnowledgeDocument troubled(KnowledgeDocument before, Trouble trouble) {
        return new KnowledgeDocument(
                before.id(),
                before.desk(),
                before.served(),
                before.next(),
                Optional.of(trouble),
                before.enabled(),
                before.language(),
                before.pages(),
                before.chunks(),
                before.version() + 1,
                before.changedBy(),
                now());
    }

    private void showNow(UUID desk, UUID id) {
        var document = parts.database().read(db -> documents.find(db, id)).filter(KnowledgeDocument::enabled);
        var items = document.map(this::items).orElse(List.of());
        parts.passages().documents(desk, Map.of(id, items));
    }

    private List<Item> items(KnowledgeDocument document) {
        return parts.database().read(db -> chunks.all(db, document.id())).stream()
                .map(chunk -> Item.of(
                        chunk.id(),
                        document.language(),
                        chunk.text(),
                        new Passage.Source(document.id(), document.name(), chunk.headings(), chunk.page())))
                .toList();
    }

    private Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        worker.shutdown();
        reader.close();
        try {
            worker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
