package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Plain text: paragraphs by empty lines, or by lines where there are none; headings by their numbers. */
final class TextReader {
    private static final Pattern EMPTY_LINES = Pattern.compile("\\R[ \\t\\u3000]*\\R");
    private static final String NUMBER = "[一二三四五六七八九十百零〇\\d]{1,6}";
    private static final List<Pattern> HEADINGS = List.of(
            Pattern.compile("第" + NUMBER + "[章篇部].{0,30}|(?i:chapter|part) [\\divxlc]{1,6}\\b.{0,50}"),
            Pattern.compile("第" + NUMBER + "节.{0,30}|[一二三四五六七八九十]{1,3}、.{1,30}"),
            Pattern.compile("[（(][一二三四五六七八九十]{1,3}[)）].{1,30}|\\d{1,2}\\.\\d{1,2}(?:\\.\\d{1,2})?[ 　].{1,50}"));
    private static final String SENTENCE_ENDS = "。.！!？?；;，,：:";

    private TextReader() {}

    static void read(String text, BlockSink sink) throws IOException, UnreadableException {
        var apart = EMPTY_LINES.matcher(text).find() ? EMPTY_LINES.split(text) : text.split("\\R");
        for (var paragraph : apart) {
            var rest = paragraph.strip();
            // A heading may stand right on top of its text.
            for (int level; !rest.isEmpty() && (level = heading(firstLine(rest))) > 0; rest = afterFirstLine(rest)) {
                sink.block(new Block(level, 0, firstLine(rest)));
            }
            if (!rest.isBlank()) sink.block(Block.text(0, rest));
        }
    }

    /** The level of a line that is a heading; 0 for all others. */
    private static int heading(String line) {
        if (line.isEmpty() || SENTENCE_ENDS.indexOf(line.charAt(line.length() - 1)) >= 0) return 0;
        for (int level = 0; level < HEADINGS.size(); level++) {
            if (HEADINGS.get(level).matcher(line).matches()) return level + 1;
        }
        return 0;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }

    private static String afterFirstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(end + 1).strip();
    }
}
