package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Entries as a table for spreadsheets: one entry a row, similar questions one a line within their cell.
 *
 * <p>The first row names the columns, in English or Chinese, in any order; question and answer are needed. A cell
 * that a spreadsheet would run as a formula is written with an apostrophe in front, which reading takes away.
 */
final class CsvFile {
    private enum Column {
        LANGUAGE("language", "语言"),
        QUESTION("question", "问题"),
        SIMILAR("similar", "相似问题"),
        ANSWER("answer", "答案"),
        ENABLED("enabled", "启用"),
        VALID_FROM("valid_from", "生效时间"),
        VALID_UNTIL("valid_until", "失效时间"),
        AUDIENCE("audience", "适用客户"),
        CHANNELS("channels", "适用渠道");

        private final String english;
        private final String chinese;

        Column(String english, String chinese) {
            this.english = english;
            this.chinese = chinese;
        }
    }

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r].*");

    private final FileFields fields;
    private final List<FileContents.Item> items = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();

    CsvFile(ZoneId zone) {
        fields = new FileFields(zone);
    }

    FileContents read(String text) {
        long begins = 1;
        try (var rows = CSVParser.parse(new StringReader(text), FORMAT)) {
            Map<Column, Integer> columns = Map.of();
            for (var row : rows) {
                if (row.getRecordNumber() == 1) {
                    columns = columns(row);
                    if (!problems.isEmpty()) break;
                } else {
                    entry(row, columns, (int) begins);
                }
                begins = rows.getCurrentLineNumber() + 1;
            }
            if (rows.getRecordNumber() == 0) problems.add(new FileProblem(1, new Words("the file is empty", "文件是空的")));
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            problems.add(new FileProblem(
                    (int) begins,
                    new Words(
                            "a cell that begins with a quotation mark is not closed properly; double the marks inside it",
                            "以引号开头的单元格没有正确结束；其中的引号要写两个")));
        }
        return new FileContents(items, problems);
    }

    private Map<Column, Integer> columns(CSVRecord head) {
        var columns = new EnumMap<Column, Integer>(Column.class);
        for (int at = 0; at < head.size(); at++) {
            var name = head.get(at).strip().toLowerCase(Locale.ROOT);
            for (var column : Column.values()) {
                if (name.equals(column.english) || name.equals(column.chinese)) columns.putIfAbsent(column, at);
            }
        }
        for (var needed : List.of(Column.QUESTION, Column.ANSWER)) {
            if (columns.containsKey(needed)) continue;
            problems.add(new FileProblem(
                    1,
                    new Words(
                                    "there is no column \"%s\" (%s); name the columns in the first row",
                                    "没有列“%2$s”（%1$s）；请在第一行写上各列的名称")
                            .with(needed.english, needed.chinese)));
        }
        return columns;
    }

    private void entry(CSVRecord row, Map<Column, Integer> columns, int line) {
        if (row.stream().allMatch(String::isBlank)) return;
        try {
            items.add(new FileContents.Item(
                    line,
                    new EntryContent(
                            fields.language(cell(row, columns, Column.LANGUAGE)),
                            cell(row, columns, Column.QUESTION),
                            cell(row, columns, Column.SIMILAR).lines().toList(),
                            cell(row, columns, Column.ANSWER),
                            fields.validity(
                                    cell(row, columns, Column.VALID_FROM), cell(row, columns, Column.VALID_UNTIL)),
                            fields.reach(cell(row, columns, Column.AUDIENCE), cell(row, columns, Column.CHANNELS)),
                            fields.enabled(cell(row, columns, Column.ENABLED)))));
        } catch (EntryContent.Unfit e) {
            problems.add(new FileProblem(line, e.words()));
        }
    }

    private static String cell(CSVRecord row, Map<Column, Integer> columns, Column column) {
        var at = columns.get(column);
        if (at == null || at >= row.size()) return "";
        var text = row.get(at);
        return text.startsWith("'") && FORMULA.matcher(text).matches() ? text.substring(1) : text;
    }

    static String write(List<EntryContent> entries) {
        var text = new StringBuilder("\uFEFF");
        try (var rows = new CSVPrinter(text, FORMAT)) {
            for (var column : Column.values()) rows.print(column.english);
            rows.println();
            for (var entry : entries) {
                rows.printRecord(List.of(
                        entry.language().code(),
                        harmless(entry.question()),
                        harmless(String.join("\n", entry.similar())),
                        harmless(entry.answer()),
                        FileFields.text(entry.enabled()),
                        FileFields.text(entry.validity().from()),
                        FileFields.text(entry.validity().until()),
                        entry.reach().audience().code(),
                        String.join(", ", entry.reach().channels())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String harmless(String cell) {
        return FORMULA.matcher(cell).matches() ? "'" + cell : cell;
    }
}
