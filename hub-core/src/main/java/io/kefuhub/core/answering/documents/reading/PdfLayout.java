package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes paragraphs and headings of the lines of a PDF. What is larger than most of the text and short is a heading; what
 * stands at the top or bottom of most pages, numbers apart, is furniture and left out.
 */
final class PdfLayout {
    private static final int LONGEST_HEADING = 60;
    private static final double LARGER = 1.12;
    private static final int DEEPEST = 4;
    private static final int FEW_PAGES = 3;
    private static final String SENTENCE_ENDS = "。.！!？?；;，,：:、";

    private final List<PdfLines.Line> lines;
    private final int body;
    private final List<Integer> larger;

    PdfLayout(List<PdfLines.Line> lines, int pages) {
        this.lines = withoutFurniture(lines, pages);
        var letters = new HashMap<Integer, Integer>();
        this.lines.forEach(line -> letters.merge(line.size(), line.text().length(), Integer::sum));
        body = letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        larger = this.lines.stream()
                .filter(line -> line.size() > body * LARGER && isShort(line))
                .map(PdfLines.Line::size)
                .distinct()
                .sorted((one, other) -> other - one)
                .toList();
    }

    void tell(BlockSink sink) throws IOException, UnreadableException {
        var paragraph = new StringBuilder();
        int page = 0;
        int level = 0;
        for (var line : lines) {
            int itsLevel = level(line);
            boolean goesOn = itsLevel == level && !line.begins() && !paragraph.isEmpty();
            if (!goesOn) {
                tell(sink, level, page, paragraph);
                page = line.page();
                level = itsLevel;
            }
            join(paragraph, line.text());
        }
        tell(sink, level, page, paragraph);
    }

    private static void tell(BlockSink sink, int level, int page, StringBuilder paragraph)
            throws IOException, UnreadableException {
        if (!paragraph.isEmpty()) sink.block(new Block(level, page, paragraph.toString()));
        paragraph.setLength(0);
    }

    /** Han runs on from line to line, words have a space between them, and a word may be divided. */
    private static void join(StringBuilder paragraph, String line) {
        if (!paragraph.isEmpty()) {
            int last = paragraph.codePointBefore(paragraph.length());
            int first = line.codePointAt(0);
            if (last == '-' && Character.isLowerCase(first)) {
                paragraph.setLength(paragraph.length() - 1);
            } else if (last < 0x2E80 || first < 0x2E80) {
                paragraph.append(' ');
            }
        }
        paragraph.append(line);
    }

    private int level(PdfLines.Line line) {
        if (!isShort(line)) return 0;
        int rank = larger.indexOf(line.size());
        if (rank >= 0) return Math.min(DEEPEST, rank + 1);
        return line.bold() && line.begins() ? Math.min(DEEPEST, larger.size() + 1) : 0;
    }

    private static boolean isShort(PdfLines.Line line) {
        var text = line.text();
        return text.length() <= LONGEST_HEADING && SENTENCE_ENDS.indexOf(text.charAt(text.length() - 1)) < 0;
    }

    private static List<PdfLines.Line> withoutFurniture(List<PdfLines.Line> lines, int pages) {
        if (pages < FEW_PAGES) return List.copyOf(lines);
        var edges = new HashMap<Integer, Set<String>>();
        for (int at = 0; at < lines.size(); at++) {
            int page = lines.get(at).page();
            boolean first = at == 0 || lines.get(at - 1).page() != page;
            boolean last = at == lines.size() - 1 || lines.get(at + 1).page() != page;
            if (first || last) {
                edges.computeIfAbsent(page, any -> new HashSet<>())
                        .add(withoutNumbers(lines.get(at).text()));
            }
        }
        var often = edges.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        return lines.stream()
                .filter(line -> often.getOrDefault(withoutNumbers(line.text()), 0L) * 2 <= pages)
                .toList();
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("\\d+", "#");
    }
}
