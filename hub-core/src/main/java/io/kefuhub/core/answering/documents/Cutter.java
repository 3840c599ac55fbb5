package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.documents.reading.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a document into pieces of {@link #LEAST} to {@link #MOST} characters that can be understood alone: never across a
 * heading, at the end of a paragraph where one is near, else of a sentence, and each begins with the last words of the one
 * before. For one document, used once.
 */
final class Cutter {
    static final int LEAST = 300;
    static final int MOST = 500;
    static final int OVERLAP = 60;

    private static final int DEEPEST = 6;
    private static final int LONGEST_HEADING = 120;
    private static final Pattern SENTENCE =
            Pattern.compile(".*?(?:[。！？!?…]+[”’」』）)\"']*|[；;]|\\.[”’\"')]*(?=\\s|$)|\\n|$)\\s*", Pattern.DOTALL);
    private static final String CLAUSE_ENDS = "，,、：: \u3000";

    private final List<Piece> pieces = new ArrayList<>();
    private final String[] headings = new String[DEEPEST + 1];
    private final StringBuilder text = new StringBuilder();
    private int page;

    /** How much of {@link #text} was in the piece before already. */
    private int repeated;

    private Cutter() {}

    static List<Piece> cut(List<Block> blocks) {
        var cutter = new Cutter();
        for (var block : blocks) {
            if (block.isHeading()) cutter.heading(block);
            else cutter.paragraph(block);
        }
        cutter.endSection();
        return cutter.pieces;
    }

    private void heading(Block block) {
        endSection();
        int level = Math.min(block.level(), DEEPEST);
        headings[level] = clipped(block.text().replaceAll("\\s+", " "));
        for (int below = level + 1; below <= DEEPEST; below++) headings[below] = "";
    }

    private void paragraph(Block block) {
        var sentences = SENTENCE.matcher(block.text().replace("\r", ""));
        while (sentences.find() && !sentences.group().isEmpty()) sentence(sentences.group(), block.page());
        if (text.length() >= LEAST) endPiece();
        else if (!text.isEmpty()) text.append('\n');
    }

    private void sentence(String sentence, int itsPage) {
        var rest = sentence;
        while (text.length() + rest.stripTrailing().length() > MOST) {
            if (text.length() >= LEAST) {
                endPiece();
                continue;
            }
            // It fits nowhere whole: as much of it as there is room for.
            int end = clauseEnd(rest, MOST - text.length());
            add(rest.substring(0, end), itsPage);
            rest = rest.substring(end);
            endPiece();
        }
        if (!rest.isBlank()) add(rest, itsPage);
    }

    private void add(String words, int itsPage) {
        if (text.length() == repeated) page = itsPage;
        text.append(words);
    }

    /** The piece ends here and the next one begins with its last words. */
    private void endPiece() {
        var words = text.toString();
        give();
        var overlap = overlap(words.strip());
        text.append(overlap);
        if (!overlap.isEmpty() && words.endsWith("\n")) text.append('\n');
        repeated = text.length();
    }

    private void endSection() {
        give();
        repeated = 0;
    }

    private void give() {
        if (text.length() > repeated && !text.substring(repeated).isBlank()) {
            pieces.add(new Piece(path(), page, text.toString().strip()));
        }
        text.setLength(0);
        repeated = 0;
    }

    private List<String> path() {
        var path = new ArrayList<String>();
        for (var heading : headings) {
            if (heading != null && !heading.isEmpty()) path.add(heading);
        }
        return path;
    }

    /** At most {@link #OVERLAP} characters, from the beginning of a clause where there is one. */
    private static String overlap(String words) {
        if (words.length() <= OVERLAP) return "";
        int from = words.length() - OVERLAP;
        if (Character.isLowSurrogate(words.charAt(from))) from++;
        for (int at = from; at < words.length() - OVERLAP / 3; at++) {
            if ("。！？!?；;\n".indexOf(words.charAt(at)) >= 0)
                return words.substring(at + 1).stripLeading();
        }
        for (int at = from; at < words.length() - OVERLAP / 3; at++) {
            if (CLAUSE_ENDS.indexOf(words.charAt(at)) >= 0)
                return words.substring(at + 1).stripLeading();
        }
        return words.substring(from);
    }

    private static int clauseEnd(String words, int room) {
        for (int at = Math.min(room, words.length()); at > room / 2; at--) {
            if (CLAUSE_ENDS.indexOf(words.charAt(at - 1)) >= 0) return at;
        }
        int end = Math.min(room, words.length());
        return end > 1 && Character.isHighSurrogate(words.charAt(end - 1)) ? end - 1 : end;
    }

    private static String clipped(String heading) {
        return heading.length() <= LONGEST_HEADING ? heading : heading.substring(0, LONGEST_HEADING - 1) + "…";
    }
}
