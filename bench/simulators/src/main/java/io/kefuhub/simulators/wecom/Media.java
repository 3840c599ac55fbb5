package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** Files that are uploaded and fetched by a media id, for three days. Safe for threads. */
final class Media {
    static final Duration LIFE = Duration.ofDays(3);

    private static final long MB = 1024 * 1024;
    private static final Map<String, Long> LARGEST =
            Map.of("image", 10 * MB, "voice", 2 * MB, "video", 10 * MB, "file", 20 * MB);

    private final Scene scene;

    Media(Scene scene) {
        this.scene = scene;
    }

    Answer upload(Call call) throws Wrong {
        var type = call.query("type");
        var largest = LARGEST.get(type);
        if (largest == null) throw new Wrong(Wrong.MEDIA_TYPE, "invalid media type");
        var part = call.uploads().stream()
                .filter(upload -> upload.field().equals("media"))
                .findFirst()
                .orElseThrow(() -> new Wrong(Wrong.NO_MEDIA, "media data missing"));
        if (part.item().size() <= 5) throw new Wrong(Wrong.FILE_SIZE, "invalid file size");
        if (part.item().size() > largest) throw new Wrong(Wrong.TOO_LARGE, "media file is too big");
        check(type, part.item());
        var item = keep(part.name(), part.item());
        return Answer.json(Wrong.ok()
                .put("type", type)
                .put("media_id", item.id())
                .put("created_at", Long.toString(scene.time.seconds())));
    }

    Answer fetch(Call call) throws Wrong {
        var item = find(call.query("media_id"));
        var name = item.name();
        var plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        var disposition = "attachment; filename=\"" + plain + "\"";
        if (!plain.equals(name)) {
            disposition += "; filename*=UTF-8''"
                    + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        }
        return Answer.file(item).withHeader("Content-disposition", disposition);
    }

    /** A file that was uploaded in whatever way, under a media id. */
    Shelf.Item keep(String name, Shelf.Item from) {
        return scene.shelf.put(Letters.id("media-"), name, from.type(), file -> Files.copy(from.file(), file));
    }

    Shelf.Item find(String id) throws Wrong {
        var item = scene.shelf.find(id).orElseThrow(() -> new Wrong(Wrong.MEDIA, "invalid media_id"));
        if (item.at().plus(LIFE).isBefore(scene.time.instant())) throw new Wrong(Wrong.MEDIA, "media_id expired");
        return item;
    }

    Shelf.Item find(JsonNode body) throws Wrong {
        return find(body.path("media_id").asText());
    }

    private static void check(String type, Shelf.Item item) throws Wrong {
        var begins = begins(item);
        var right = switch (type) {
            case "image" -> begins.startsWith("\u0089PNG") || begins.startsWith("\u00ff\u00d8\u00ff");
            case "voice" -> begins.startsWith("#!AMR");
            case "video" -> begins.startsWith("ftyp", 4);
            default -> true;
        };
        if (!right) throw new Wrong(Wrong.FILE_TYPE, "invalid file type");
    }

    private static String begins(Shelf.Item item) {
        try (var in = Files.newInputStream(item.file())) {
            return new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
