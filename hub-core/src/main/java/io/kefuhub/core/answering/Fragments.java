package io.kefuhub.core.answering;

import io.kefuhub.api.message.Message;

/** Recognises what seems to be only the beginning of a question. Pure. */
final class Fragments {
    private static final int SHORT = 8;
    private static final String CLOSING = "。！？；…～!?;.~)）」』”\"吗呢吧么";

    private Fragments() {}

    /** Whether more may follow: few characters, or none, and no mark or word that closes a sentence. */
    static boolean isOne(Message question) {
        var text = question.text().strip();
        if (text.codePointCount(0, text.length()) >= SHORT) return false;
        return text.isEmpty() || CLOSING.indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
