package io.kefuhub.core.answering.knowledge;

import io.kefuhub.api.Language;
import java.util.Locale;
import java.util.Optional;

/** The language of the people an entry is for; {@link #ANY} is for everybody. */
public enum EntryLanguage {
    ZH,
    EN,
    ANY;

    /** The language a question is written in. */
    public static EntryLanguage written(String text) {
        return Languages.of(text).map(EntryLanguage::of).orElse(ANY);
    }

    /** The language for people who read this one; what is neither Chinese nor English is {@link #ANY}. */
    public static EntryLanguage of(Language language) {
        if (language.isChinese()) return ZH;
        return language.tag().equals("en") || language.tag().startsWith("en-") ? EN : ANY;
    }

    /** The short form used in files, in the database and in the API: {@code zh}, {@code en}, {@code any}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether someone who asks in this language may be answered with an entry in that one. */
    public boolean reads(EntryLanguage entry) {
        return entry == this || entry == ANY;
    }

    /** The language of a short form; {@code zh-CN} and {@code en_US} count as {@code zh} and {@code en}. */
    public static Optional<EntryLanguage> of(String code) {
        var primary = code.strip().toLowerCase(Locale.ROOT).replaceFirst("[-_].*", "");
        for (var language : values()) {
            if (language.code().equals(primary)) return Optional.of(language);
        }
        return Optional.empty();
    }
}
