package io.kefuhub.api;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A sentence for people in the languages there are of it. Whoever shows it chooses by the reader; logs are written in English.
 * Immutable.
 *
 * @param texts by language; {@link Language#EN} is required
 */
public record Localized(Map<Language, String> texts) {
    public Localized {
        texts = Map.copyOf(texts);
        if (!texts.containsKey(Language.EN)) throw new IllegalArgumentException("an English text is missing");
    }

    /** A sentence that there is in English only, or that reads alike everywhere. */
    public static Localized of(String english) {
        return new Localized(Map.of(Language.EN, english));
    }

    public static Localized of(String english, String chinese) {
        return new Localized(Map.of(Language.EN, english, Language.ZH_CN, chinese));
    }

    public Localized with(Language language, String text) {
        var more = new HashMap<>(texts);
        more.put(language, text);
        return new Localized(more);
    }

    /** Returns the text in the language asked for, for any kind of Chinese in the one there is, else in English. */
    public String in(Language language) {
        var exact = texts.get(language);
        if (exact != null) return exact;
        var near = language.isChinese() ? texts.get(Language.ZH_CN) : null;
        return near != null ? near : english();
    }

    /** Changes each of the texts alike. */
    public Localized map(UnaryOperator<String> change) {
        var changed = new HashMap<Language, String>();
        texts.forEach((language, text) -> changed.put(language, change.apply(text)));
        return new Localized(changed);
    }

    private String english() {
        return texts.getOrDefault(Language.EN, "");
    }

    /** In English, as for a log. */
    @Override
    public String toString() {
        return english();
    }
}
