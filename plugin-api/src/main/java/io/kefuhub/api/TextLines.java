package io.kefuhub.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Words that stand in the place of a contribution's own, as lines such as {@code en.title = Ask us}. */
final class TextLines {
    private static final Pattern LINE = Pattern.compile("([A-Za-z-]{1,35})\\.([A-Za-z]+)\\s*[=：:]\\s*(\\S.*)");
    private static final int LONGEST = 200;

    private TextLines() {}

    /** @throws SettingsException that tells which line is wrong, and why */
    static Map<Language, Map<String, String>> read(SettingSpec spec, String text) {
        var own = new LinkedHashMap<Language, Map<String, String>>();
        var number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty()) read(spec, number, line, own);
        }
        return own;
    }

    private static void read(SettingSpec spec, int number, String line, Map<Language, Map<String, String>> own) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw wrong(spec, number, "one such as en.title = Ask us is expected", "应写成类似 zh-CN.title = 在线咨询 的一行。");
        }
        var usual = spec.usualTexts().entrySet().stream()
                .filter(known -> known.getKey().tag().equals(parts.group(1)))
                .findFirst()
                .orElseThrow(() -> {
                    var tags = joined(spec.usualTexts().keySet());
                    return wrong(spec, number, "the language is none of " + tags, "语言应为以下之一：" + tags + "。");
                });
        var names = usual.getValue().keySet();
        if (!names.contains(parts.group(2))) {
            throw wrong(spec, number, "the name is none of " + joined(names), "名称应为以下之一：" + joined(names) + "。");
        }
        if (parts.group(3).length() > LONGEST) {
            throw wrong(spec, number, "words may have " + LONGEST + " characters", "文字最多 " + LONGEST + " 个字符。");
        }
        own.computeIfAbsent(usual.getKey(), _ -> new LinkedHashMap<>()).put(parts.group(2), parts.group(3));
    }

    private static String joined(Collection<?> all) {
        return String.join(", ", all.stream().map(Object::toString).toList());
    }

    private static SettingsException wrong(SettingSpec spec, int line, String english, String chinese) {
        return new SettingsException(
                spec.key(), Localized.of("line " + line + ": " + english, "第 " + line + " 行：" + chinese));
    }
}
