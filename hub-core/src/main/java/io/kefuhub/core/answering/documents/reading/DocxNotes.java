package io.kefuhub.core.answering.documents.reading;

import org.apache.poi.xwpf.usermodel.XWPFAbstractFootnoteEndnote;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.jspecify.annotations.Nullable;

/** The footnotes and endnotes of a Word document. */
final class DocxNotes {
    private final XWPFDocument document;

    DocxNotes(XWPFDocument document) {
        this.document = document;
    }

    /** What the footnote with this number says; empty where there is none. */
    String foot(String id) {
        return words(document.getFootnoteByID(number(id)));
    }

    /** What the endnote with this number says; empty where there is none. */
    String end(String id) {
        return document.getEndnotes() == null ? "" : words(document.getEndnoteByID(number(id)));
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            return Integer.MIN_VALUE;
        }
    }

    private static String words(@Nullable XWPFAbstractFootnoteEndnote note) {
        if (note == null) return "";
        var words = new DocxWords();
        try (var at = note.getCTFtnEdn().newCursor();
                var end = note.getCTFtnEdn().newCursor()) {
            end.toEndToken();
            for (var token = at.toNextToken(); at.isLeftOf(end); token = at.toNextToken()) {
                if (token.isStart()
                        && !words.take(at)
                        && at.getName().getLocalPart().equals("p")) words.space();
            }
        }
        return words.end().replaceAll("\\s+", " ");
    }
}
