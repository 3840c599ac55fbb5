package io.kefuhub.core.answering.knowledge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of files that entries are imported from and exported to. What one writes it reads back unchanged. */
public enum FileFormat {
    CSV("csv", "text/csv"),
    MARKDOWN("md", "text/markdown");

    private final String extension;
    private final String mime;

    FileFormat(String extension, String mime) {
        this.extension = extension;
        this.mime = mime;
    }

    public String extension() {
        return extension;
    }

    public String mime() {
        return mime;
    }

    /** The format of a file name or of a bare extension. */
    public static Optional<FileFormat> of(String fileName) {
        var end = fileName.substring(fileName.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(format -> format.extension.equalsIgnoreCase(end))
                .findFirst();
    }

    /**
     * Reads a file; never throws for what is in it.
     *
     * @param zone where dates without a time begin
     */
    public FileContents read(String text, ZoneId zone) {
        var clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var contents = switch (this) {
            case CSV -> new CsvFile(zone).read(clean);
            case MARKDOWN -> new MarkdownFile(zone).read(clean);
        };
        return contents.withDoublesNamed();
    }

    /** Reads UTF-8, and GB18030 where that cannot be: what spreadsheets save in China. */
    public FileContents read(byte[] bytes, ZoneId zone) {
        return read(decoded(bytes), zone);
    }

    public String write(List<EntryContent> entries) {
        return switch (this) {
            case CSV -> CsvFile.write(entries);
            case MARKDOWN -> MarkdownFile.write(entries);
        };
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("GB18030"));
        }
    }
}
