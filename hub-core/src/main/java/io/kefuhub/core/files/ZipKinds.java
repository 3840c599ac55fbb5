package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells an office document from an ordinary zip by the names in its directory. */
final class ZipKinds {
    private static final int END = 0x06054b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LONGEST_END = 22 + 65_535;
    private static final Map<String, String> OFFICE = Map.of(
            "word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation");
    private static final Set<String> OPEN_DOCUMENT = Set.of(
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation");

    private ZipKinds() {}

    /** Empty for a broken directory and for documents with macros. */
    static Optional<String> detect(ByteBuffer content) {
        var zip = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        var names = names(zip);
        if (names.isEmpty() || names.stream().anyMatch(name -> name.endsWith("vbaProject.bin"))) {
            return Optional.empty();
        }
        if (names.contains("[Content_Types].xml")) {
            for (var kind : OFFICE.entrySet()) {
                if (names.stream().anyMatch(name -> name.startsWith(kind.getKey()))) {
                    return Optional.of(kind.getValue());
                }
            }
        }
        return Optional.of(openDocument(zip).orElse("application/zip"));
    }

    private static Set<String> names(ByteBuffer zip) {
        var names = new HashSet<String>();
        var end = end(zip);
        if (end < 0) {
            return names;
        }
        var count = zip.getShort(end + 10) & 0xFFFF;
        var at = zip.getInt(end + 16) & 0xFFFF_FFFFL;
        for (var i = 0; i < count; i++) {
            if (at + 46 > end || zip.getInt((int) at) != ENTRY) {
                return Set.of();
            }
            var length = zip.getShort((int) at + 28) & 0xFFFF;
            if (at + 46 + length > end) {
                return Set.of();
            }
            names.add(text(zip, (int) at + 46, length));
            at += 46 + length + (zip.getShort((int) at + 30) & 0xFFFF) + (zip.getShort((int) at + 32) & 0xFFFF);
        }
        return names;
    }

    private static int end(ByteBuffer zip) {
        for (var at = zip.limit() - 22; at >= 0 && at >= zip.limit() - LONGEST_END; at--) {
            if (zip.getInt(at) == END) {
                return at;
            }
        }
        return -1;
    }

    /** An OpenDocument begins with an entry that holds its type in the clear. */
    private static Optional<String> openDocument(ByteBuffer zip) {
        var nameLength = zip.getShort(26) & 0xFFFF;
        var from = 30 + nameLength + (zip.getShort(28) & 0xFFFF);
        var length = zip.getInt(22);
        if (length <= 0
                || length > 100
                || from + length > zip.limit()
                || !text(zip, 30, nameLength).equals("mimetype")) {
            return Optional.empty();
        }
        return Optional.of(text(zip, from, length)).filter(OPEN_DOCUMENT::contains);
    }

    private static String text(ByteBuffer zip, int from, int length) {
        var bytes = new byte[length];
        zip.get(from, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
