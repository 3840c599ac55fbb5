package io.kefuhub.filter.words.list;

import io.kefuhub.api.Localized;
import io.kefuhub.api.filter.Stage;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads lists: a word a line, or a table with {@code word,category,level,action,directions,until}, of which everything but
 * the word may be left out. Lines that begin with {@code #} and head lines, which begin with {@code word} or {@code 词}, are
 * passed over.
 */
public final class WordList {
    /** More make a message wait. */
    public static final int MOST = 200_000;

    private static final Set<String> HEADS = Set.of("word", "词", "词语");
    private static final Set<String> CATEGORIES = Set.of("category", "类别");
    private static final int LONGEST = 200;
    private static final int LONGEST_CATEGORY = 32;
    private static final int HIGHEST_LEVEL = 5;

    private final Entry usual;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Begins a list.
     *
     * @param usual what holds for what a line leaves out; its text is not read
     */
    public WordList(Entry usual) {
        this.usual = usual;
    }

    /** A line that cannot be read. */
    public static final class BadLine extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Localized words;

        BadLine(int number, String problem, String chinese) {
            super("line " + number + ": " + problem);
            words = Localized.of("line " + number + ": " + problem, "第 " + number + " 行：" + chinese);
        }

        /** Which line it is and what is wrong with it, for an admin. */
        public Localized words() {
            return words;
        }
    }

    /** Adds what the lines say; of a list with a bad line nothing counts. */
    public void add(List<String> lines) throws BadLine {
        var number = 0;
        for (var line : lines) {
            number++;
            var text = (number == 1 ? line.replace("\ufeff", "") : line).strip();
            if (text.isEmpty() || text.startsWith("#") || isHead(number, text)) continue;
            entries.add(entry(number, text));
            if (entries.size() > MOST) throw new BadLine(number, "more than " + MOST + " words", "超过 " + MOST + " 个词");
        }
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Tables that were put together have their heads further down, too. */
    private static boolean isHead(int number, String line) {
        var cells = line.toLowerCase(Locale.ROOT).split(",", 3);
        return cells.length > 1
                && HEADS.contains(cells[0].strip())
                && (number == 1 || CATEGORIES.contains(cells[1].strip()));
    }

    private Entry entry(int number, String line) throws BadLine {
        // An expression may hold commas and is a line of its own, or is quoted.
        var cells = line.startsWith("/") && line.endsWith("/") ? List.of(line) : cells(number, line);
        var text = cells.getFirst();
        if (text.isEmpty()) throw new BadLine(number, "the word is missing", "缺少词语");
        if (text.length() > LONGEST) {
            throw new BadLine(number, "a word has at most " + LONGEST + " characters", "词语最多 " + LONGEST + " 个字符");
        }
        return new Entry(
                text,
                category(number, cell(cells, 1)),
                level(number, cell(cells, 2)),
                action(number, cell(cells, 3)),
                stages(number, cell(cells, 4)),
                until(number, cell(cells, 5)));
    }

    private static String cell(List<String> cells, int at) {
        return at < cells.size() ? cells.get(at) : "";
    }

    private String category(int number, String cell) throws BadLine {
        if (cell.length() > LONGEST_CATEGORY) {
            throw new BadLine(
                    number,
                    "a category has at most " + LONGEST_CATEGORY + " characters",
                    "类别最多 " + LONGEST_CATEGORY + " 个字符");
        }
        return cell.isEmpty() ? usual.category() : cell;
    }

    private int level(int number, String cell) throws BadLine {
        if (cell.isEmpty()) return usual.level();
        if (cell.length() == 1 && cell.charAt(0) >= '1' && cell.charAt(0) <= '0' + HIGHEST_LEVEL) {
            return cell.charAt(0) - '0';
        }
        throw new BadLine(
                number,
                "a level from 1 to " + HIGHEST_LEVEL + " is expected, not " + cell,
                "级别应为 1 至 " + HIGHEST_LEVEL + "，而不是 " + cell);
    }

    private Action action(int number, String cell) throws BadLine {
        if (cell.isEmpty()) return usual.action();
        return Action.of(cell)
                .orElseThrow(() -> new BadLine(
                        number, "note, mask, hold or block is expected, not " + cell, "处理方式应为记录、打码、审核或拦截，而不是 " + cell));
    }

    private Set<Stage> stages(int number, String cell) throws BadLine {
        if (cell.isEmpty()) return usual.stages();
        var stages = EnumSet.noneOf(Stage.class);
        for (var word : cell.split("[ ;|+]+")) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "in", "客户" -> stages.add(Stage.CUSTOMER_IN);
                case "out", "机器人" -> stages.add(Stage.BOT_OUT);
                case "agent", "客服" -> stages.add(Stage.AGENT_OUT);
                default ->
                    throw new BadLine(number, "in, out or agent is expected, not " + word, "方向应为客户、机器人或客服，而不是 " + word);
            }
        }
        return stages;
    }

    private Optional<LocalDate> until(int number, String cell) throws BadLine {
        if (cell.isEmpty()) return usual.until();
        try {
            return Optional.of(LocalDate.parse(cell));
        } catch (DateTimeParseException e) {
            throw new BadLine(
                    number, "a day such as 2027-01-31 is expected, not " + cell, "日期应写作 2027-01-31 的形式，而不是 " + cell);
        }
    }

    /** The cells of a line; a quoted one may hold commas, and quotation marks twice. */
    private static List<String> cells(int number, String line) throws BadLine {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.length(); at++) {
            var sign = line.charAt(at);
            if (sign == '"') {
                if (quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') cell.append(line.charAt(++at));
                else quoted = !quoted;
            } else if (sign == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(sign);
            }
        }
        if (quoted) throw new BadLine(number, "a quotation mark is not closed", "引号没有成对");
        cells.add(cell.toString().strip());
        return cells;
    }
}
