package io.kefuhub.core.files;

import io.kefuhub.api.Files;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files in, gives them out and forgets those that nothing used. Safe for threads. */
public final class HubFiles implements Files {
    private static final Logger LOG = LoggerFactory.getLogger(HubFiles.class);
    private static final Duration UNUSED = Duration.ofHours(1);
    /** A mapped file is read through one buffer. */
    private static final long BIGGEST = Integer.MAX_VALUE - 8;

    private static final int LONGEST_NAME = 120;

    private final FileStore store;
    private final StoredFiles rows;
    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** Keeps a content from being deleted between finding it there and referring to it. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(256).toList();

    private volatile boolean full;

    public HubFiles(FileStore store, StoredFiles rows, Database database, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Kept keep(String name, InputStream content, long limit) {
        return keep(Owner.NOBODY, name, content, limit);
    }

    /** {@link #keep(String, InputStream, long)} for an owner. */
    public Kept keep(Owner owner, String name, InputStream content, long limit) {
        var most = Math.min(limit, BIGGEST);
        try (content) {
            var upload = Upload.read(content, most, store);
            if (upload.isEmpty()) {
                return new Kept.TooLarge(most);
            }
            try (var open = upload.get()) {
                return check(owner, cleanName(name), open.content());
            }
        } catch (FilesFullException e) {
            return noRoom(e);
        } catch (IOException e) {
            var failure = FileStore.failure(e);
            if (failure instanceof FilesFullException) {
                return noRoom(failure);
            }
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<io.kefuhub.api.StoredFile> find(String id) {
        return row(id).map(FileRow::file);
    }

    @Override
    public Optional<InputStream> open(String id) {
        return row(id).flatMap(row -> store.read(row.sha256()));
    }

    /** All that is known of a file. */
    public Optional<FileRow> row(String id) {
        return database.read(tx -> rows.find(tx, id));
    }

    /** Where the content of a file lies on disk. */
    public Path place(FileRow row) {
        return store.place(row.sha256());
    }

    /** Deletes uploads that nothing referred to within an hour; call it every few minutes. */
    public int sweep() {
        var now = clock.instant();
        store.deleteUnfinished(now.minus(UNUSED));
        var count = 0;
        while (true) {
            var gone = database.inTransaction(tx -> rows.expire(tx, now));
            gone.stream().distinct().forEach(this::deleteUnreferred);
            count += gone.size();
            if (gone.isEmpty()) {
                return count;
            }
        }
    }

    private Kept check(Owner owner, String name, ByteBuffer content) {
        var mime = ContentTypes.detect(content);
        if (mime.isEmpty()) {
            return new Kept.NotAllowed("files of this kind are not taken");
        }
        if (!ContentTypes.PICTURES.contains(mime.get())) {
            return isCalledPicture(name)
                    ? new Kept.NotAllowed("it is called a picture and is none")
                    : store(owner, name, mime.get(), List.of(content), Optional.empty());
        }
        try {
            var picture = Picture.read(mime.get(), content);
            return store(owner, name, mime.get(), picture.content(), Optional.of(picture));
        } catch (BrokenPictureException e) {
            return new Kept.NotAllowed("the picture is broken: " + e.getMessage());
        }
    }

    private Kept store(Owner owner, String name, String mime, List<ByteBuffer> content, Optional<Picture> picture) {
        var sha256 = FileStore.hash(content);
        var now = clock.instant();
        var row = new FileRow(
                newId(),
                sha256,
                content.stream().mapToLong(ByteBuffer::remaining).sum(),
                mime,
                name,
                picture.map(Picture::width),
                picture.map(Picture::height),
                owner.kind(),
                owner.id(),
                now,
                Optional.of(now.plus(UNUSED)));
        var lock = lock(sha256);
        lock.lock();
        try {
            store.keep(sha256, content);
            full = false;
            database.writer().write(rows, row).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DatabaseAwayException away) {
                throw away;
            }
            throw e;
        } finally {
            lock.unlock();
        }
        return new Kept.Stored(row.file());
    }

    private void deleteUnreferred(String sha256) {
        var lock = lock(sha256);
        lock.lock();
        try {
            if (!database.<Boolean>read(tx -> rows.refersTo(tx, sha256))) {
                store.delete(sha256);
            }
        } finally {
            lock.unlock();
        }
    }

    private Kept noRoom(RuntimeException cause) {
        if (!full) {
            full = true;
            LOG.error("Files are refused until there is room again: {}", cause.getMessage());
        }
        return new Kept.NoRoom();
    }

    private ReentrantLock lock(String sha256) {
        return locks.get(Integer.parseInt(sha256, 0, 2, 16));
    }

    private String newId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return "f_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean isCalledPicture(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(".png", ".jpg", ".jpeg", ".gif", ".webp").anyMatch(lower::endsWith);
    }

    /** The last segment of a path, without what cannot be shown or would turn the text round. */
    private static String cleanName(String name) {
        var segment = Arrays.stream(name.split("[/\\\\]")).reduce("", (before, last) -> last);
        var shown = segment.replaceAll("[\\p{Cntrl}\\p{Cf}\"<>|:*?]", "").strip();
        var end = shown.offsetByCodePoints(0, Math.min(LONGEST_NAME, shown.codePointCount(0, shown.length())));
        return Optional.of(shown.substring(0, end))
                .filter(text -> !text.isEmpty())
                .orElse("file");
    }
}
