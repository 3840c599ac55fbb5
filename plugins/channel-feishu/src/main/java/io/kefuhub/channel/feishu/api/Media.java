package io.kefuhub.channel.feishu.api;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Files both ways, always by way of the disk: no file is ever whole in memory. What was sent once is sent again by the
 * platform's key. Safe for threads.
 */
public final class Media {
    private static final long LARGEST_DOWNLOAD = 100L << 20;
    private static final long LARGEST_PICTURE = 10L << 20;
    private static final long LARGEST_FILE = 30L << 20;
    private static final Duration DOWNLOAD = Duration.ofMinutes(3);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int AT_ONCE = 4;

    private final FeishuApi api;
    private final Files files;
    private final Store store;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public Media(FeishuApi api, Files files, Store store) {
        this.api = api;
        this.files = files;
        this.store = store;
    }

    /** What became of a customer's file. */
    public sealed interface Fetched {
        record Kept(StoredFile file) implements Fetched {}

        /** It never will be here. */
        record Lost(String reason) implements Fetched {}

        /** The same may work later. */
        record NotNow(String reason) implements Fetched {}
    }

    /** What became of a file to send. */
    public sealed interface Sent {
        record Key(String key) implements Sent {}

        record TooLarge(long limit) implements Sent {}

        record Gone() implements Sent {}

        record Not(Answer why) implements Sent {}
    }

    /**
     * Fetches a file that came with a message, and has the hub keep it.
     *
     * @param picture whether the platform counts it among pictures
     */
    public Fetched fetch(String messageId, String key, boolean picture, String name) throws InterruptedException {
        places.acquire();
        try {
            var file = java.nio.file.Files.createTempFile("feishu-", ".media");
            try {
                var path = "/im/v1/messages/" + coded(messageId) + "/resources/" + coded(key) + "?type="
                        + (picture ? "image" : "file");
                var answer = api.download(path, file, LARGEST_DOWNLOAD, DOWNLOAD);
                return answer instanceof Answer.Ok ? keep(file, name) : notFetched(answer);
            } finally {
                java.nio.file.Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return new Fetched.NotNow("no room for a file: " + e.getClass().getSimpleName());
        } finally {
            places.release();
        }
    }

    private Fetched keep(Path file, String name) throws IOException {
        if (java.nio.file.Files.size(file) == 0) return new Fetched.Lost("the file is empty");
        return switch (files.keep(name, java.nio.file.Files.newInputStream(file), LARGEST_DOWNLOAD)) {
            case Files.Kept.Stored(var stored) -> new Fetched.Kept(stored);
            case Files.Kept.TooLarge(var limit) -> new Fetched.Lost("larger than " + limit + " bytes");
            case Files.Kept.NotAllowed(var reason) -> new Fetched.Lost(reason);
            case Files.Kept.NoRoom() -> new Fetched.NotNow("the hub has no room for files");
        };
    }

    private static Fetched notFetched(Answer answer) {
        var words = Troubles.of(answer).words().toString();
        return switch (answer) {
            case Answer.Refused refused
            when !Codes.isPassing(refused) && !Codes.RATE.contains(refused.code()) && refused.status() != 429 ->
                new Fetched.Lost(words);
            case Answer.NotAllowed _ -> new Fetched.Lost(words);
            case Answer.NoAnswer(var _, var reason) when reason.contains("larger than") -> new Fetched.Lost(reason);
            case Answer _ -> new Fetched.NotNow(words);
        };
    }

    public Sent picture(StoredFile file) {
        if (file.size() > LARGEST_PICTURE) return new Sent.TooLarge(LARGEST_PICTURE);
        return send(
                file,
                "image",
                "/im/v1/images",
                "image_key",
                content -> List.of(field("image_type", "message"), file("image", file, content)));
    }

    /** @param type the platform's: {@code opus}, {@code mp4} and so on */
    public Sent file(StoredFile file, String type) {
        if (file.size() > LARGEST_FILE) return new Sent.TooLarge(LARGEST_FILE);
        return send(
                file,
                type,
                "/im/v1/files",
                "file_key",
                content -> List.of(
                        field("file_type", type), field("file_name", file.name()), file("file", file, content)));
    }

    private interface Form {
        List<Http.Field> fields(InputStream content);
    }

    private Sent send(StoredFile file, String type, String path, String keyName, Form form) {
        var kept = "key:" + type + ":" + file.id();
        var known = store.get(kept);
        if (known.isPresent()) return new Sent.Key(known.get());
        if (files.find(file.id()).isEmpty()) return new Sent.Gone();
        var opened = new ArrayList<InputStream>();
        try {
            var answer = api.upload(path, () -> {
                var content = files.open(file.id()).orElseGet(() -> new ByteArrayInputStream(new byte[0]));
                opened.add(content);
                return form.fields(content);
            });
            if (!(answer instanceof Answer.Ok(var data))) return new Sent.Not(answer);
            var key = data.text(keyName);
            if (key.isEmpty()) return new Sent.Not(new Answer.NoAnswer(true, "its answer holds no key"));
            store.put(kept, key.get(), KEPT);
            return new Sent.Key(key.get());
        } finally {
            opened.forEach(Media::close);
        }
    }

    /** Forgets the key of a file that the platform does not take any more. */
    public void forget(StoredFile file, String type) {
        store.remove("key:" + type + ":" + file.id());
    }

    private static void close(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Http.Field field(String name, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Http.Field(
                name, Optional.empty(), "text/plain; charset=utf-8", new ByteArrayInputStream(bytes), bytes.length);
    }

    private static Http.Field file(String name, StoredFile file, InputStream content) {
        return new Http.Field(name, Optional.of(file.name()), file.mime(), content, file.size());
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
