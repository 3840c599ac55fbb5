package io.kefuhub.channel.web;

import io.kefuhub.api.Language;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an admin put in the place of words of the chat window and of its button. Immutable.
 *
 * @param byLanguage by the name that {@code widget/src/words} has for them
 */
record OwnWords(Map<Language, Map<String, String>> byLanguage) {
    private static final String USUAL = "/widget/words.json";

    OwnWords {
        byLanguage = Map.copyOf(byLanguage);
    }

    /** What the widget says of itself, by language and name, in its own order: the file that its build writes. */
    static Map<Language, Map<String, String>> usual() {
        var usual = new LinkedHashMap<Language, Map<String, String>>();
        try (var in = OwnWords.class.getResourceAsStream(USUAL)) {
            if (in == null) throw new IllegalStateException(USUAL + " is not in the jar");
            var languages = Json.read(in.readAllBytes());
            for (var tag : languages.members().keySet()) {
                usual.put(new Language(tag), languages.object(tag).orElseThrow().textMembers());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadFrame e) {
            throw new IllegalStateException(USUAL + " is not what the widget's build writes", e);
        }
        return usual;
    }

    boolean areThere() {
        return !byLanguage.isEmpty();
    }

    /** As JSON that may stand between the tags of a page. */
    String inPage() {
        var sorted = new TreeMap<String, Map<String, String>>();
        byLanguage.forEach((language, words) -> sorted.put(language.tag(), new TreeMap<>(words)));
        return Json.write(json -> {
                    json.writeStartObject();
                    for (var language : sorted.entrySet()) Json.writeMap(json, language.getKey(), language.getValue());
                    json.writeEndObject();
                })
                .replace("<", "\\u003c");
    }
}
