package io.kefuhub.core.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what a file is by looking into it, never by its name, and knows only what the hub allows. */
final class ContentTypes {
    static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final List<Charset> TEXTS = List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    private ContentTypes() {}

    /** The type of an allowed content; empty for everything else. */
    static Optional<String> detect(ByteBuffer content) {
        var head = head(content);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of("image/gif");
        }
        if (head.startsWith("%PDF-")) {
            return Optional.of("application/pdf");
        }
        if (head.startsWith("PK\u0003\u0004")) {
            return ZipKinds.detect(content);
        }
        return media(head).or(() -> text(content));
    }

    private static Optional<String> media(String head) {
        if (head.startsWith("RIFF") && head.length() >= 12) {
            return switch (head.substring(8, 12)) {
                case "WEBP" -> Optional.of("image/webp");
                case "WAVE" -> Optional.of("audio/wav");
                default -> Optional.empty();
            };
        }
        if (head.startsWith("ftyp", 4) && head.length() >= 12) {
            return switch (head.substring(8, 12)) {
                case "M4A ", "M4B " -> Optional.of("audio/mp4");
                case "qt  " -> Optional.of("video/quicktime");
                case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV" ->
                    Optional.of("video/mp4");
                default -> Optional.empty();
            };
        }
        if (head.startsWith("\u001aE\u00df\u00a3")) {
            return head.contains("webm") ? Optional.of("video/webm") : Optional.empty();
        }
        if (head.startsWith("OggS")) {
            return Optional.of("audio/ogg");
        }
        if (head.startsWith("#!AMR")) {
            return Optional.of("audio/amr");
        }
        return head.startsWith("ID3") || isMpegAudio(head) ? Optional.of("audio/mpeg") : Optional.empty();
    }

    /** A frame of layer 3, with a bit rate and a sampling rate that exist. */
    private static boolean isMpegAudio(String head) {
        return head.length() > 3
                && head.charAt(0) == 0xFF
                && (head.charAt(1) & 0xE6) == 0xE2
                && (head.charAt(1) & 0x18) != 0x08
                && (head.charAt(2) & 0xF0) != 0xF0
                && (head.charAt(2) & 0xF0) != 0
                && (head.charAt(2) & 0x0C) != 0x0C;
    }

    /** Text has no control characters but those of lines, and is all in one of the encodings that people use. */
    private static Optional<String> text(ByteBuffer content) {
        var bytes = content.duplicate();
        if (!bytes.hasRemaining()) {
            return Optional.empty();
        }
        while (bytes.hasRemaining()) {
            var value = bytes.get();
            if (value == 0x7F || (value >= 0 && value < ' ' && "\t\n\r\f".indexOf(value) < 0)) {
                return Optional.empty();
            }
        }
        return TEXTS.stream().anyMatch(charset -> decodes(content, charset))
                ? Optional.of("text/plain")
                : Optional.empty();
    }

    private static boolean decodes(ByteBuffer content, Charset charset) {
        var decoder = charset.newDecoder();
        var bytes = content.duplicate();
        var characters = CharBuffer.allocate(8 * 1024);
        CoderResult result;
        do {
            result = decoder.decode(bytes, characters.clear(), true);
        } while (result.isOverflow());
        return !result.isError();
    }

    private static String head(ByteBuffer content) {
        var bytes = new byte[Math.min(content.remaining(), 64)];
        content.duplicate().get(bytes);
        return new String(bytes, ISO_8859_1);
    }
}
