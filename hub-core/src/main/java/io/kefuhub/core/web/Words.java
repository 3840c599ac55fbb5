package io.kefuhub.core.web;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import java.util.Locale;

/** A sentence for people, in the languages the hub speaks. Immutable. */
public record Words(String en, String zh) {
    public static Words of(Localized text) {
        return new Words(text.in(Language.EN), text.in(Language.ZH_CN));
    }

    /** The same as plugins say it. */
    public Localized localized() {
        return Localized.of(en, zh);
    }

    public String in(Language language) {
        return language.isChinese() ? zh : en;
    }

    /** Fills {@code %s} in; the same things in both languages. */
    public Words with(Object... things) {
        return new Words(String.format(Locale.ROOT, en, things), String.format(Locale.ROOT, zh, things));
    }
}
