package io.kefuhub.core.answering.documents;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.kefuhub.api.Files;
import io.kefuhub.core.answering.documents.reading.Format;
import io.kefuhub.core.answering.documents.reading.Trouble;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.Owner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** Takes an uploaded file in, or says at once what is wrong with it. Reads nothing but its first bytes. */
final class Reception {
    /** What became of an upload. */
    sealed interface Taken {
        record In(Original original) implements Taken {}

        record Not(Placed why) implements Taken {}
    }

    static final long LIMIT = 20L << 20;

    private static final int HEAD = 64 * 1024;
    /** How old Word files begin, and new ones that are locked. */
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    private final HubFiles files;

    Reception(HubFiles files) {
        this.files = files;
    }

    Taken take(UUID document, String name, InputStream content) {
        var in = new BufferedInputStream(content, HEAD);
        var head = head(in);
        if (head.length == 0) return not(Trouble.EMPTY);
        if (startsWith(head, OLE)) return not(isLocked(head) ? Trouble.LOCKED : Trouble.OLD_WORD);
        if (new String(head, 0, Math.min(5, head.length), StandardCharsets.US_ASCII).equals("{\\rtf")) {
            return not(Trouble.UNKNOWN_KIND);
        }
        return switch (files.keep(new Owner("document", document.toString()), name, in, LIMIT)) {
            case Files.Kept.Stored(var file) ->
                Format.of(file.mime(), file.name())
                        .<Taken>map(format -> new Taken.In(new Original(file.id(), file.name(), file.size(), format)))
                        .orElseGet(() -> not(isCalledReadable(file.name()) ? Trouble.BROKEN : Trouble.UNKNOWN_KIND));
            case Files.Kept.TooLarge(var most) -> new Taken.Not(new Placed.TooLarge(most));
            case Files.Kept.NotAllowed(var _) -> not(guess(name));
            case Files.Kept.NoRoom() -> new Taken.Not(new Placed.NoRoom());
        };
    }

    private static Trouble guess(String name) {
        if (isCalledReadable(name)) return Trouble.BROKEN;
        var lower = name.toLowerCase(Locale.ROOT);
        boolean text = lower.endsWith(".txt") || lower.endsWith(".md") || lower.contains(".htm");
        return text ? Trouble.ENCODING : Trouble.UNKNOWN_KIND;
    }

    private static boolean isCalledReadable(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".pdf") || lower.endsWith(".docx");
    }

    private static boolean isLocked(byte[] head) {
        return new String(head, UTF_16LE).contains("EncryptedPackage")
                || new String(head, 1, head.length - 1, UTF_16LE).contains("EncryptedPackage");
    }

    private static boolean startsWith(byte[] head, byte[] beginning) {
        return head.length >= beginning.length
                && Arrays.equals(head, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static byte[] head(BufferedInputStream in) {
        try {
            in.mark(HEAD + 1);
            var head = in.readNBytes(HEAD);
            in.reset();
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException("the caller went away", e);
        }
    }

    private static Taken not(Trouble trouble) {
        return new Taken.Not(new Placed.Unreadable(trouble));
    }
}
