package io.kefuhub.core.answering;

import io.kefuhub.api.Language;

/** What customers read behind an answer that broke off, in Chinese or in English. Pure; safe for threads. */
public final class Incomplete {
    private static final String CHINESE = "（回答没有说完，请再问一次。）";
    private static final String ENGLISH = "(This answer is incomplete. Please ask again.)";

    private Incomplete() {}

    public static String in(Language language) {
        return language.isChinese() ? CHINESE : ENGLISH;
    }
}
