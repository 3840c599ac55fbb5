package io.kefuhub.channel.web;

import io.kefuhub.api.SettingsException;
import io.kefuhub.channel.web.frame.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an admin put in the place of words of the chat window. Immutable.
 *
 * @param byLanguage by the language's tag, then by the name that {@code widget/src/words/texts} has for them
 */
record OwnWords(Map<String, Map<String, String>> byLanguage) {
    static final Set<String> LANGUAGES =
            Set.of("zh-CN", "zh-TW", "en", "ja", "ko", "es", "ar", "de", "fr", "pt", "ru", "th", "vi");
    /** A line such as {@code en.placeholder = How can we help?}. */
    private static final Pattern LINE = Pattern.compile("([A-Za-z-]+)\\.([A-Za-z]+)\\s*[=：:]\\s*(\\S.*)");

    private static final int LONGEST = 200;

    OwnWords {
        byLanguage = Map.copyOf(byLanguage);
    }

    /**
     * @param names that the words of the chat window have
     * @throws SettingsException that tells which line is wrong, and why
     */
    static OwnWords of(String setting, List<String> lines, Set<String> names) {
        var all = new TreeMap<String, Map<String, String>>();
        for (var i = 0; i < lines.size(); i++) {
            var where = "line " + (i + 1) + ": ";
            var line = LINE.matcher(lines.get(i).strip());
            if (!line.matches()) {
                throw new SettingsException(
                        setting, where + "one such as en.placeholder = How can we help? is expected");
            }
            if (!LANGUAGES.contains(line.group(1))) {
                throw new SettingsException(setting, where + "the language is none of " + sorted(LANGUAGES));
            }
            if (!names.contains(line.group(2))) {
                throw new SettingsException(setting, where + "the name is none of " + sorted(names));
            }
            if (line.group(3).length() > LONGEST) {
                throw new SettingsException(setting, where + "words may have " + LONGEST + " characters");
            }
            all.computeIfAbsent(line.group(1), _ -> new TreeMap<>()).put(line.group(2), line.group(3));
        }
        return new OwnWords(all);
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    boolean areThere() {
        return !byLanguage.isEmpty();
    }

    /** As JSON that may stand between the tags of a page. */
    String inPage() {
        return Json.write(json -> {
                    json.writeStartObject();
                    for (var language : new TreeMap<>(byLanguage).entrySet()) {
                        json.writeObjectFieldStart(language.getKey());
                        for (var words : language.getValue().entrySet()) {
                            json.writeStringField(words.getKey(), words.getValue());
                        }
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                })
                .replace("<", "\\u003c");
    }
}
