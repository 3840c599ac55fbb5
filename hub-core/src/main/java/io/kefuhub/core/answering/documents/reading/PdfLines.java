package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The lines of a PDF with the size of their letters: all that a PDF says of its structure. */
final class PdfLines extends PDFTextStripper {
    /**
     * One line.
     *
     * @param size of most of its letters, in half points
     * @param begins whether a paragraph begins with it
     */
    record Line(int page, String text, int size, boolean bold, boolean begins) {}

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private double sizes;
    private int letters;
    private int boldLetters;
    private boolean begins = true;
    private long characters;

    PdfLines() throws IOException {
        setSuppressDuplicateOverlappingText(true);
        setSortByPosition(false);
    }

    void read(PDDocument document, int page) throws IOException {
        setStartPage(page);
        setEndPage(page);
        writeText(document, Writer.nullWriter());
        flush();
        begins = true;
    }

    List<Line> all() {
        return lines;
    }

    long characters() {
        return characters;
    }

    @Override
    protected void writeString(String words, List<TextPosition> positions) {
        text.append(words);
        for (var position : positions) {
            sizes += position.getFontSizeInPt();
            letters++;
            var font = position.getFont() == null ? null : position.getFont().getName();
            if (font != null && isBold(font)) boldLetters++;
        }
    }

    @Override
    protected void writeWordSeparator() {
        text.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        flush();
    }

    @Override
    protected void writeParagraphStart() {
        flush();
        begins = true;
    }

    @Override
    protected void writeParagraphEnd() {
        flush();
    }

    private void flush() {
        var words = text.toString().strip();
        text.setLength(0);
        if (!words.isEmpty()) {
            int size = letters == 0 ? 0 : (int) Math.round(2 * sizes / letters);
            lines.add(new Line(getCurrentPageNo(), words, size, boldLetters * 2 > letters, begins));
            characters += words.length();
            begins = false;
        }
        sizes = 0;
        letters = 0;
        boldLetters = 0;
    }

    private static boolean isBold(String font) {
        var lower = font.toLowerCase(Locale.ROOT);
        return lower.contains("bold") || lower.contains("black") || lower.contains("heavy");
    }
}
