package io.kefuhub.core.answering;

import io.kefuhub.api.Language;

/**
 * What is said around a menu of near questions.
 *
 * @param person what the last choice is called; saying it asks for a person
 */
record MenuWords(String one, String several, String person) {
    private static final MenuWords ZH =
            new MenuWords("您想问的是这个吗？如果不是，换个说法再问我，或者转人工。", "您想问的是哪一个？如果都不是，换个说法再问我，或者转人工。", "转人工");
    private static final MenuWords EN = new MenuWords(
            "Is this what you would like to know? If not, please put it another way, or talk to a human.",
            "Which of these would you like to know? If it is none of them, please put it another way, or talk to a human.",
            "Talk to a human");

    static MenuWords in(Language language) {
        return language.isChinese() ? ZH : EN;
    }
}
