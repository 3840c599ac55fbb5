package io.kefuhub.simulators.feishu;

import io.kefuhub.simulators.Shelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was uploaded by the app or sent by a customer, by the key it got. Safe for threads. */
final class Media {
    static final int LARGEST_IMAGE = 10 * 1024 * 1024;
    static final int LARGEST_FILE = 30 * 1024 * 1024;
    static final long LARGEST_DOWNLOAD = 100L * 1024 * 1024;
    static final String IMAGE = "image";

    private static final Set<String> FILE_TYPES = Set.of("opus", "mp4", "pdf", "doc", "xls", "ppt", "stream");

    private final Shelf shelf;
    private final Ids ids;
    private final Map<String, Item> items = new ConcurrentHashMap<>();

    /** @param kind {@code image} or the file type it was uploaded as */
    record Item(String kind, Shelf.Item file, boolean byApp) {
        String key() {
            return file.id();
        }

        boolean image() {
            return kind.equals(IMAGE);
        }
    }

    Media(Shelf shelf, Ids ids) {
        this.shelf = shelf;
        this.ids = ids;
    }

    String uploadImage(String imageType, Shelf.Item image) {
        if (!Set.of("message", "avatar").contains(imageType)) throw Code.UPLOAD_WRONG.refusal("image_type");
        if (image.size() == 0) throw Code.EMPTY_FILE.refusal();
        if (image.size() > LARGEST_IMAGE) throw Code.TOO_LARGE.refusal();
        var type = pictureType(image);
        if (type.isEmpty()) throw Code.NO_IMAGE.refusal();
        return keep(IMAGE, image.name(), type, image, true).key();
    }

    String uploadFile(String fileType, String name, Shelf.Item file) {
        if (!FILE_TYPES.contains(fileType)) throw Code.UPLOAD_WRONG.refusal("file_type");
        if (name.isEmpty()) throw Code.UPLOAD_WRONG.refusal("file_name");
        if (file.size() == 0) throw Code.EMPTY_FILE.refusal();
        if (file.size() > LARGEST_FILE) throw Code.TOO_LARGE.refusal();
        return keep(fileType, name, typeOf(fileType, name), file, true).key();
    }

    Item fromCustomer(String kind, Shelf.Item file) {
        var type = kind.equals(IMAGE) ? pictureType(file) : typeOf(kind, file.name());
        return keep(kind, file.name(), type.isEmpty() ? "image/png" : type, file, false);
    }

    Optional<Item> find(String key) {
        return Optional.ofNullable(items.get(key));
    }

    void clear() {
        items.clear();
    }

    private Item keep(String kind, String name, String contentType, Shelf.Item file, boolean byApp) {
        var key = (kind.equals(IMAGE) ? "img_v3_02" : "file_v3_00") + ids.hex(24);
        var kept = shelf.put(key, name, contentType, place -> Files.copy(file.file(), place));
        var item = new Item(kind, kept, byApp);
        items.put(key, item);
        return item;
    }

    private static String typeOf(String kind, String name) {
        return switch (kind) {
            case "opus" -> "audio/ogg";
            case "mp4" -> "video/mp4";
            case "pdf" -> "application/pdf";
            default -> {
                if (name.endsWith(".pdf")) yield "application/pdf";
                yield name.endsWith(".txt") ? "text/plain" : "application/octet-stream";
            }
        };
    }

    /** What the first bytes say it is; empty when they say nothing of a picture. */
    private static String pictureType(Shelf.Item item) {
        byte[] first;
        try (var in = Files.newInputStream(item.file())) {
            first = in.readNBytes(12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (starts(first, 0x89, 'P', 'N', 'G')) return "image/png";
        if (starts(first, 0xFF, 0xD8, 0xFF)) return "image/jpeg";
        if (starts(first, 'G', 'I', 'F', '8')) return "image/gif";
        if (starts(first, 'B', 'M')) return "image/bmp";
        if (starts(first, 'R', 'I', 'F', 'F') && first.length == 12 && first[8] == 'W') return "image/webp";
        return "";
    }

    private static boolean starts(byte[] bytes, int... signs) {
        var first = new int[Math.min(bytes.length, signs.length)];
        for (var i = 0; i < first.length; i++) first[i] = bytes[i] & 0xFF;
        return Arrays.equals(first, signs);
    }
}
