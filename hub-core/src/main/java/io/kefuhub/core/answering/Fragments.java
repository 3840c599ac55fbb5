package io.kefuhub.core.answering;

import io.kefuhub.api.message.Message;

/** Recognises what seems to be only the beginning of a question. Pure. */
final class Fragments {
    private static final String CLOSING = "。！？；…～!?;.~)）」』”\"吗呢吧么";

    private Fragments() {}

    /** Whether more may follow: fewer characters than that, or none, and no mark or word that closes a sentence. */
    static boolean isOne(Message question, int enough) {
        var text = question.text().strip();
        if (text.codePointCount(0, text.length()) >= enough) return false;
        return text.isEmpty() || CLOSING.indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
