package io.kefuhub.core.answering.documents.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Bytes as text: UTF-8, and GB18030 where that cannot be, which is what is still saved in China. */
final class Texts {
    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final Pattern NAMES_CHARSET = Pattern.compile("(?i)charset\\s*=");
    private static final int HEAD = 2_048;

    private Texts() {}

    static String of(Path file) throws IOException, UnreadableException {
        var bytes = Files.readAllBytes(file);
        try {
            return withoutMark(strict(bytes, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            try {
                return strict(bytes, CHINESE);
            } catch (CharacterCodingException other) {
                throw new UnreadableException(Trouble.ENCODING);
            }
        }
    }

    /** A page of the web, which may say itself how it is written. */
    static Document ofPage(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        try {
            return Jsoup.parse(withoutMark(strict(bytes, StandardCharsets.UTF_8)));
        } catch (CharacterCodingException e) {
            var head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
            var charset = NAMES_CHARSET.matcher(head).find() ? null : CHINESE.name();
            return Jsoup.parse(new ByteArrayInputStream(bytes), charset, "");
        }
    }

    private static String strict(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
