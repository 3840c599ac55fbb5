package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@link Settings} says of wrong values, in the reader's language. What a plugin says in words of its own stays as
 * it is.
 */
final class ProblemWords {
    private static final Map<Pattern, String> CHINESE = new LinkedHashMap<>();

    static {
        chinese("a value is required", "此项必填。");
        chinese("choose one of \\[(.*)]", "请从以下值中选择：$1。");
        chinese("a whole number is expected", "应填写整数。");
        chinese("a number from (-?\\d+) to (-?\\d+) is expected", "应填写 $1 到 $2 之间的整数。");
        chinese("a duration such as .* is expected", "应填写时长，例如 30s、5m 或 2h。");
        chinese("true or false is expected", "应为 true 或 false。");
        chinese("an address such as .* is expected", "应填写网址，例如 https://api.example.com。");
    }

    private ProblemWords() {}

    private static void chinese(String english, String words) {
        CHINESE.put(Pattern.compile(english), words);
    }

    static List<CheckResult.Problem> in(List<CheckResult.Problem> problems, Language language) {
        if (!language.tag().startsWith("zh")) return problems;
        return problems.stream()
                .map(problem -> new CheckResult.Problem(problem.setting(), chinese(problem.text())))
                .toList();
    }

    private static String chinese(String text) {
        for (var entry : CHINESE.entrySet()) {
            var matcher = entry.getKey().matcher(text);
            if (matcher.matches()) return matcher.replaceFirst(entry.getValue());
        }
        return text;
    }
}
