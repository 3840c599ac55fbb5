package io.kefuhub.core.answering.documents.reading;

import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.xmlbeans.XmlCursor;

/** Collects what is written inside a paragraph of a Word document. For one thread. */
final class DocxWords {
    /** Deleted text, formats before a tracked change, and the second copy that is kept of a drawing for old programs. */
    private static final Set<String> UNREAD =
            Set.of("del", "moveFrom", "pPrChange", "rPrChange", "Fallback", "instrText");

    private static final QName VALUE = word("val");
    private static final QName ID = word("id");

    private final StringBuilder text = new StringBuilder();

    /** Takes what begins here; false where it is nothing written. Skips what is not to be read. */
    boolean take(XmlCursor at) {
        var name = at.getName().getLocalPart();
        if (UNREAD.contains(name)) {
            at.toEndToken();
            return true;
        }
        switch (name) {
            case "t" -> {
                text.append(at.getTextValue());
                at.toEndToken();
            }
            case "tab" -> text.append(' ');
            case "br", "cr" -> text.append('\n');
            case "noBreakHyphen" -> text.append('-');
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What a note says stands where it is called for. */
    void note(String words) {
        if (!words.isEmpty()) text.append(" (").append(words).append(')');
    }

    /** Parts what follows from what was written. */
    void space() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') text.append(' ');
    }

    /** What was written, which begins anew. */
    String end() {
        var words = text.toString().strip();
        text.setLength(0);
        return words;
    }

    static String value(XmlCursor at) {
        return attribute(at, VALUE);
    }

    static String id(XmlCursor at) {
        return attribute(at, ID);
    }

    private static String attribute(XmlCursor at, QName name) {
        var value = at.getAttributeText(name);
        return value == null ? "" : value;
    }

    private static QName word(String name) {
        return new QName("http://schemas.openxmlformats.org/wordprocessingml/2006/main", name);
    }
}
