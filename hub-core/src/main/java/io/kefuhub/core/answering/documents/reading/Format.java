package io.kefuhub.core.answering.documents.reading;

import java.util.Locale;
import java.util.Optional;

/** The kinds of files that are read. */
public enum Format {
    PDF,
    DOCX,
    HTML,
    MARKDOWN,
    TEXT;

    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /** As the database and the API spell it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Format of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /**
     * The format of a file.
     *
     * @param type what its bytes say it is
     * @param name tells apart what are texts alike
     */
    public static Optional<Format> of(String type, String name) {
        return switch (type) {
            case "application/pdf" -> Optional.of(PDF);
            case WORD -> Optional.of(DOCX);
            case "text/plain" -> ofText(name.toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private static Optional<Format> ofText(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "md", "markdown" -> Optional.of(MARKDOWN);
            case "htm", "html", "xhtml" -> Optional.of(HTML);
            case "pdf", "doc", "docx", "rtf" -> Optional.empty();
            default -> Optional.of(TEXT);
        };
    }
}
