package io.kefuhub.api;

import java.util.Locale;

/**
 * A human language, by its BCP 47 tag. Immutable; two languages are equal when their tags are.
 *
 * @param tag canonical form, such as {@code en} or {@code zh-CN}
 */
public record Language(String tag) {
    public static final Language EN = new Language("en");
    public static final Language ZH_CN = new Language("zh-CN");

    public Language {
        if (tag.isBlank() || tag.length() > 35) throw new IllegalArgumentException("not a language tag: " + tag);
        tag = Locale.forLanguageTag(tag).toLanguageTag();
        if (tag.equals("und")) throw new IllegalArgumentException("not a language tag");
    }

    /** Whether this is any kind of Chinese. */
    public boolean isChinese() {
        return tag.equals("zh") || tag.startsWith("zh-");
    }

    @Override
    public String toString() {
        return tag;
    }
}
