package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.xmlbeans.XmlCursor;

/**
 * Walks over the body of a Word document once, whatever content controls, links and tracked insertions its paragraphs stand
 * in. For one thread.
 */
final class DocxBody {
    private static final int LONGEST_HEADING = 120;

    private final DocxStyles styles;
    private final DocxLists lists;
    private final DocxNotes notes;
    private final BlockSink sink;
    private final DocxWords words = new DocxWords();
    private final StringBuilder row = new StringBuilder();
    private int level;
    private boolean listed;
    private int depth;
    private Optional<BigInteger> list = Optional.empty();
    private Optional<DocxLists.Place> styled = Optional.empty();
    private int tables;

    DocxBody(DocxStyles styles, DocxLists lists, DocxNotes notes, BlockSink sink) {
        this.styles = styles;
        this.lists = lists;
        this.notes = notes;
        this.sink = sink;
    }

    /** @param at the start of the body */
    void read(XmlCursor at) throws IOException, UnreadableException {
        // The names of what is open, since an end has none.
        var open = new ArrayDeque<String>();
        open.push("body");
        while (!open.isEmpty() && at.hasNextToken()) {
            var token = at.toNextToken();
            if (token.isStart()) {
                if (words.take(at)) {
                    if (at.isStart()) open.push("");
                } else {
                    open.push(at.getName().getLocalPart());
                    start(at);
                }
            } else if (token.isEnd()) {
                end(open.pop());
            }
        }
    }

    private void start(XmlCursor at) throws IOException, UnreadableException {
        var value = DocxWords.value(at);
        switch (at.getName().getLocalPart()) {
            case "pStyle" -> {
                level = styles.level(value);
                styled = styles.list(value);
            }
            case "outlineLvl" -> level = DocxStyles.ofOutline(value);
            case "numPr" -> listed = true;
            case "ilvl" -> depth = number(value);
            case "numId" -> list = Optional.of(BigInteger.valueOf(number(value)));
            case "footnoteReference" -> words.note(notes.foot(DocxWords.id(at)));
            case "endnoteReference" -> words.note(notes.end(DocxWords.id(at)));
            case "tbl" -> {
                paragraph();
                tables++;
            }
            case "tr" -> {
                if (tables == 1) row.setLength(0);
            }
            default -> {}
        }
    }

    private void end(String name) throws IOException, UnreadableException {
        switch (name) {
            case "p" -> {
                if (tables == 0) paragraph();
                else words.space();
            }
            case "tc" -> {
                if (tables == 1) cell();
            }
            case "tr" -> {
                if (tables == 1) row();
            }
            case "tbl" -> tables = Math.max(0, tables - 1);
            default -> {}
        }
    }

    private void paragraph() throws IOException, UnreadableException {
        var said = words.end();
        boolean heading = level > 0 && said.length() <= LONGEST_HEADING;
        if (!said.isEmpty()) {
            var label = heading ? "" : label();
            sink.block(new Block(heading ? level : 0, 0, label.isEmpty() ? said : label + " " + said));
        }
        forget();
    }

    /** What stands in front of an item of a list; empty for what is none. */
    private String label() {
        if (!listed) {
            return styled.filter(place -> !place.isNone()).map(lists::label).orElse("");
        }
        var place = list.map(id -> new DocxLists.Place(id, depth)).or(() -> styled);
        if (place.isEmpty()) return DocxLists.BULLET;
        return place.get().isNone() ? "" : lists.label(place.get());
    }

    private void cell() {
        if (!row.isEmpty()) row.append(" | ");
        row.append(words.end());
        forget();
    }

    private void row() throws IOException, UnreadableException {
        var said = row.toString().strip();
        if (!said.replace("|", "").isBlank()) sink.block(Block.text(0, said));
        row.setLength(0);
    }

    /** What was said of a paragraph does not hold for the next. */
    private void forget() {
        level = 0;
        listed = false;
        depth = 0;
        list = Optional.empty();
        styled = Optional.empty();
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
