package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The readable part of a page: headings, paragraphs, list items and the rows of tables; no scripts, menus or footers. */
final class HtmlReader {
    private static final String UNREAD =
            "script,style,noscript,template,svg,iframe,object,nav,aside,footer,form button,"
                    + "select,head,[hidden],[aria-hidden=true]";
    private static final Set<String> CELLS = Set.of("td", "th");

    private HtmlReader() {}

    static void read(Document page, BlockSink sink) throws IOException, UnreadableException {
        page.select(UNREAD).remove();
        var walk = new Walk();
        page.body().traverse(walk);
        walk.flush();
        for (var block : walk.blocks) sink.block(block);
    }

    private static final class Walk implements NodeVisitor {
        final List<Block> blocks = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int level;
        private int inRow;
        private int inPre;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                append(inPre > 0 ? words.getWholeText() : words.text());
            } else if (node instanceof Element element) {
                open(element.normalName(), element);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) close(element.normalName(), element);
        }

        private void open(String name, Element element) {
            switch (name) {
                case "br" -> text.append('\n');
                case "li" -> {
                    flush();
                    text.append("• ");
                }
                case "tr" -> {
                    flush();
                    inRow++;
                }
                case "pre" -> {
                    flush();
                    inPre++;
                }
                case "img" -> append(element.attr("alt"));
                default -> {
                    if (isHeading(name)) {
                        flush();
                        level = name.charAt(1) - '0';
                    } else if (CELLS.contains(name)) {
                        cell();
                    } else if (element.isBlock() && inRow == 0) {
                        flushUnlessBullet();
                    }
                }
            }
        }

        private void close(String name, Element element) {
            switch (name) {
                case "tr" -> {
                    inRow = Math.max(0, inRow - 1);
                    flush();
                }
                case "pre" -> {
                    inPre = Math.max(0, inPre - 1);
                    flush();
                }
                default -> {
                    if (isHeading(name) || element.isBlock() && inRow == 0) flush();
                }
            }
        }

        private void cell() {
            var row = text.toString().strip();
            text.setLength(0);
            if (!row.isEmpty()) text.append(row).append(" | ");
        }

        private void append(String words) {
            if (words.isEmpty()) return;
            boolean spaced = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(inPre == 0 && spaced ? words.stripLeading() : words);
        }

        /** A paragraph right inside a list item belongs to its bullet. */
        private void flushUnlessBullet() {
            if (!text.toString().equals("• ")) flush();
        }

        void flush() {
            var words = text.toString().strip();
            text.setLength(0);
            if (!words.isBlank() && !words.equals("•")) blocks.add(new Block(level, 0, words));
            level = 0;
        }

        private static boolean isHeading(String name) {
            return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
        }
    }
}
