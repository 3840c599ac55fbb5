package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Entries as a Markdown file that people like to write.
 *
 * <pre>
 * ---
 * language: zh
 * ---
 *
 * ## 怎么退货？
 * &lt;!-- enabled: yes; valid-from: 2026-01-01; valid-until: 2027-01-01 --&gt;
 * - 我想退货
 * - 退货流程是什么
 *
 * 签收后 7 天内可以退货。
 * </pre>
 *
 * <p>A heading of the second level is a question; the list right under it, without an empty line, holds the similar
 * ones; all up to the next such heading is the answer. The comment and each of its fields may be left out; it may
 * also name a {@code language}, an {@code audience} and {@code channels}. An answer's own line that begins with {@code ## } is written {@code \## }.
 */
final class MarkdownFile {
    private static final Pattern OPTIONS = Pattern.compile("<!--(.*)-->\\s*");
    private static final Pattern ESCAPED = Pattern.compile("(?m)^\\\\(\\\\*## )");
    private static final Pattern TO_ESCAPE = Pattern.compile("(?m)^(\\\\*## )");
    private static final List<String> KNOWN =
            List.of("language", "enabled", "valid-from", "valid-until", "audience", "channels");

    private final FileFields fields;
    private final List<FileContents.Item> items = new ArrayList<>();
    private final List<FileProblem> problems = new ArrayList<>();

    MarkdownFile(ZoneId zone) {
        fields = new FileFields(zone);
    }

    FileContents read(String text) {
        var lines = text.lines().toList();
        var defaults = head(lines);
        int start = -1;
        for (int at = 0; at <= lines.size(); at++) {
            if (at < lines.size() && !lines.get(at).startsWith("## ")) continue;
            if (start >= 0) entry(lines.subList(start, at), start + 1, defaults);
            start = at;
        }
        if (items.isEmpty() && problems.isEmpty()) {
            problems.add(new FileProblem(
                    1,
                    new Words(
                            "there is no entry here; write each question as a heading: ## How do I …?",
                            "这里没有条目；请把每个问题写成标题，例如 ## 怎么退货？")));
        }
        return new FileContents(items, problems);
    }

    private Map<String, String> head(List<String> lines) {
        var found = new HashMap<String, String>();
        if (lines.isEmpty() || !lines.getFirst().strip().equals("---")) return found;
        for (int at = 1; at < lines.size() && !lines.get(at).strip().equals("---"); at++) {
            if (!lines.get(at).isBlank()) field(lines.get(at), at + 1, found);
        }
        return found;
    }

    private void entry(List<String> lines, int line, Map<String, String> defaults) {
        var options = new HashMap<>(defaults);
        var similar = new ArrayList<String>();
        int at = 1;
        for (; at < lines.size() && !lines.get(at).isBlank(); at++) {
            var comment = OPTIONS.matcher(lines.get(at));
            if (lines.get(at).startsWith("- ")) {
                similar.add(lines.get(at).substring(2));
            } else if (comment.matches()) {
                for (var field : comment.group(1).split(";")) field(field, line + at, options);
            } else {
                break;
            }
        }
        var answer = String.join("\n", lines.subList(at, lines.size())).strip();
        if (answer.isEmpty()) {
            problems.add(new FileProblem(
                    line,
                    new Words(
                            "the answer is missing; write it below the question, after an empty line",
                            "缺少答案；请空一行写在问题下面")));
            return;
        }
        try {
            items.add(new FileContents.Item(
                    line,
                    new EntryContent(
                            fields.language(options.getOrDefault("language", "")),
                            lines.getFirst().substring(3),
                            similar,
                            ESCAPED.matcher(answer).replaceAll("$1"),
                            fields.validity(
                                    options.getOrDefault("valid-from", ""), options.getOrDefault("valid-until", "")),
                            fields.reach(options.getOrDefault("audience", ""), options.getOrDefault("channels", "")),
                            fields.enabled(options.getOrDefault("enabled", "")))));
        } catch (EntryContent.Unfit e) {
            problems.add(new FileProblem(line, e.words()));
        }
    }

    private void field(String text, int line, Map<String, String> into) {
        int colon = text.indexOf(':');
        var name = colon < 0 ? text.strip() : text.substring(0, colon).strip();
        if (colon < 0 || !KNOWN.contains(name)) {
            problems.add(new FileProblem(
                    line,
                    new Words("\"%s\" is not known here; write one of %s", "此处没有“%s”；可用的有 %s")
                            .with(name, String.join(", ", KNOWN))));
            return;
        }
        into.put(name, text.substring(colon + 1).strip());
    }

    static String write(List<EntryContent> entries) {
        var common = entries.isEmpty() ? EntryLanguage.ANY : entries.getFirst().language();
        var text = new StringBuilder("---\nlanguage: ").append(common.code()).append("\n---\n");
        for (var entry : entries) {
            text.append("\n## ").append(entry.question()).append('\n');
            var options = options(entry, common);
            if (!options.isEmpty())
                text.append("<!-- ").append(String.join("; ", options)).append(" -->\n");
            for (var similar : entry.similar())
                text.append("- ").append(similar).append('\n');
            text.append('\n')
                    .append(TO_ESCAPE.matcher(entry.answer()).replaceAll("\\\\$1"))
                    .append('\n');
        }
        return text.toString();
    }

    private static List<String> options(EntryContent entry, EntryLanguage common) {
        var options = new ArrayList<String>();
        if (entry.language() != common)
            options.add("language: " + entry.language().code());
        if (!entry.enabled()) options.add("enabled: no");
        var from = FileFields.text(entry.validity().from());
        var until = FileFields.text(entry.validity().until());
        if (!from.isEmpty()) options.add("valid-from: " + from);
        if (!until.isEmpty()) options.add("valid-until: " + until);
        var reach = entry.reach();
        if (reach.audience() != Audience.ALL)
            options.add("audience: " + reach.audience().code());
        if (!reach.channels().isEmpty()) options.add("channels: " + String.join(", ", reach.channels()));
        return options;
    }
}
