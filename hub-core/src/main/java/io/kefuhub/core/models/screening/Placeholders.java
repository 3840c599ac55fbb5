package io.kefuhub.core.models.screening;

import io.kefuhub.core.web.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What filters put out of sight, by what stands in its place. Immutable. */
public final class Placeholders {
    private final Map<String, String> hidden;
    private final Pattern any;
    private final int longest;

    /** @param hidden at least one; what is hidden may itself hold what an earlier filter had put in place */
    public Placeholders(Map<String, String> hidden) {
        any = Pattern.compile(hidden.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
        longest = hidden.keySet().stream().mapToInt(String::length).max().orElse(0);
        this.hidden = whole(hidden);
    }

    private Map<String, String> whole(Map<String, String> told) {
        var whole = new HashMap<>(told);
        // Each round opens one more layer; there are no more layers than placeholders.
        for (var layer = 1; layer < told.size(); layer++) {
            var before = Map.copyOf(whole);
            whole.replaceAll((_, text) -> replaced(text, before, false));
        }
        return Map.copyOf(whole);
    }

    /** @param json whether the text is JSON, where quotes and the like have to be written otherwise */
    public String restored(String text, boolean json) {
        return replaced(text, hidden, json);
    }

    private String replaced(String text, Map<String, String> by, boolean json) {
        return any.matcher(text).replaceAll(found -> {
            var original = by.getOrDefault(found.group(), found.group());
            return Matcher.quoteReplacement(json ? inJson(original) : original);
        });
    }

    private static String inJson(String text) {
        var quoted = Json.text(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Where a placeholder may begin that is not whole yet; the length of the text when none does. */
    int open(String text) {
        for (var at = Math.max(0, text.length() - longest + 1); at < text.length(); at++) {
            var tail = text.substring(at);
            if (hidden.keySet().stream().anyMatch(whole -> whole.length() > tail.length() && whole.startsWith(tail))) {
                return at;
            }
        }
        return text.length();
    }
}
