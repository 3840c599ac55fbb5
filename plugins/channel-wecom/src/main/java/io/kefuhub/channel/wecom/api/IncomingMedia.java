package io.kefuhub.channel.wecom.api;

import io.kefuhub.api.Files.Kept;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Localized;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches what customers send into the hub's files, at once, as the platform keeps it for three days only. Goes through
 * a temporary file, so that a large one takes no memory. Safe for threads.
 */
public final class IncomingMedia {
    /** More than the platform takes from anybody. */
    static final long LIMIT = 110L * 1024 * 1024;

    private static final int TRIES = 3;
    private static final Map<Part.Media.Kind, String> NAMES = Map.of(
            Part.Media.Kind.IMAGE, "image.jpg",
            Part.Media.Kind.VOICE, "voice.amr",
            Part.Media.Kind.VIDEO, "video.mp4",
            Part.Media.Kind.FILE, "file");

    private final Api api;
    private final InstanceContext context;
    private final Lasting<Part> lasting;
    private final ConcurrentHashMap<String, Integer> failures = new ConcurrentHashMap<>();

    public IncomingMedia(Api api, InstanceContext context) {
        this.api = api;
        this.context = context;
        this.lasting = new Lasting<>(context.tasks());
    }

    /**
     * Returns the file; {@link Part.Unsupported} where the platform no longer has it or the hub does not keep its kind.
     *
     * @return empty when it takes longer than the patience; it goes on, and is there when asked for again
     * @throws UnavailableException when it could not be fetched now; after some tries it counts as not to be had
     */
    public Optional<Part> take(String mediaId, Part.Media.Kind kind, String type, Duration patience) {
        return lasting.await(mediaId, () -> fetch(mediaId, kind, type), patience);
    }

    private Part fetch(String mediaId, Part.Media.Kind kind, String type) {
        if (mediaId.isEmpty()) return new Part.Unsupported(type);
        var file = temporary();
        try {
            var part = switch (api.download(mediaId, file, LIMIT)) {
                case Reply.Ok(var answer) -> keep(file, answer.text("filename", ""), kind, type);
                case Reply.Refused refused
                when Meaning.of(refused).then() instanceof Meaning.Then.Never -> new Part.Unsupported(type);
                case Reply.Refused(var code, var _, var _) ->
                    failed(mediaId, type, Localized.of("the platform answered " + code));
                case Reply.NoAnswer(var _, var reason) -> failed(mediaId, type, reason);
            };
            failures.remove(mediaId);
            return part;
        } finally {
            delete(file);
        }
    }

    private Part keep(Path file, String name, Part.Media.Kind kind, String type) {
        try {
            var shown = name.isBlank() ? NAMES.getOrDefault(kind, "file") : name;
            return switch (context.files().keep(shown, Files.newInputStream(file), LIMIT)) {
                case Kept.Stored(var stored) -> part(kind, stored);
                case Kept.TooLarge _, Kept.NotAllowed _ -> new Part.Unsupported(type);
                case Kept.NoRoom() -> throw new UnavailableException("the hub has no room for a file");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Part part(Part.Media.Kind kind, StoredFile file) {
        return kind == Part.Media.Kind.IMAGE && !file.isPicture() ? Part.Media.of(file) : new Part.Media(kind, file);
    }

    private Part failed(String mediaId, String type, Localized reason) {
        if (failures.merge(mediaId, 1, Integer::sum) < TRIES) {
            throw new UnavailableException("a file could not be fetched: " + reason);
        }
        return new Part.Unsupported(type);
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("kefuhub-wecom-", ".part");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
