package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Walks over the body of a Word document once. For one thread. */
final class DocxBody {
    /** Deleted text, and the second copy that is kept of a drawing for old programs. */
    private static final Set<String> UNREAD = Set.of("del", "moveFrom", "Fallback", "instrText");

    private static final int LONGEST_HEADING = 120;

    private final DocxStyles styles;
    private final BlockSink sink;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder row = new StringBuilder();
    private int level;
    private boolean listed;
    private int tables;

    DocxBody(DocxStyles styles, BlockSink sink) {
        this.styles = styles;
        this.sink = sink;
    }

    void read(XMLStreamReader xml) throws XMLStreamException, IOException, UnreadableException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw new UnreadableException(Trouble.BROKEN);
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                default -> {}
            }
        }
    }

    private void start(XMLStreamReader xml) throws XMLStreamException, IOException, UnreadableException {
        var name = xml.getLocalName();
        if (UNREAD.contains(name)) {
            skip(xml);
            return;
        }
        var value = DocxStyles.orEmpty(DocxStyles.attribute(xml, "val"));
        switch (name) {
            case "t" -> text.append(content(xml));
            case "tab" -> text.append(' ');
            case "br", "cr" -> text.append('\n');
            case "noBreakHyphen" -> text.append('-');
            case "pStyle" -> level = styles.level(value);
            case "outlineLvl" -> level = DocxStyles.ofOutline(value);
            case "numPr" -> listed = true;
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
                else if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') text.append(' ');
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
        var words = text.toString().strip();
        boolean heading = level > 0 && words.length() <= LONGEST_HEADING;
        if (!words.isEmpty()) sink.block(new Block(heading ? level : 0, 0, listed && !heading ? "• " + words : words));
        text.setLength(0);
        level = 0;
        listed = false;
    }

    private void cell() {
        var words = text.toString().strip();
        if (!row.isEmpty()) row.append(" | ");
        row.append(words);
        text.setLength(0);
        level = 0;
        listed = false;
    }

    private void row() throws IOException, UnreadableException {
        var words = row.toString().strip();
        if (!words.replace("|", "").isBlank()) sink.block(Block.text(0, words));
        row.setLength(0);
    }

    /** The text of an element, whatever foreign elements stand inside it. */
    private static String content(XMLStreamReader xml) throws XMLStreamException {
        var found = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    found.append(xml.getText());
                default -> {}
            }
        }
        return found.toString();
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) depth++;
            if (event == XMLStreamConstants.END_ELEMENT) depth--;
        }
    }
}
