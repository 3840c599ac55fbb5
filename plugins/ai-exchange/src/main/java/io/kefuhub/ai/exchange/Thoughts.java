package io.kefuhub.ai.exchange;

/**
 * Tells the reasoning that some models write in front of their answer, between {@code <think>} and {@code </think>},
 * from what is for the customer. One thread only.
 */
final class Thoughts {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final AnswerSoFar.Heard heard;
    private final StringBuilder held = new StringBuilder();
    private Where where = Where.BEFORE;

    private enum Where {
        BEFORE,
        THINKING,
        /** Behind the reasoning, where blank space is no part of the answer. */
        BETWEEN,
        ANSWERING
    }

    Thoughts(AnswerSoFar.Heard heard) {
        this.heard = heard;
    }

    void piece(String piece) {
        if (where == Where.ANSWERING) {
            heard.content(piece);
            return;
        }
        held.append(piece);
        if (where == Where.BEFORE) before();
        if (where == Where.THINKING) thinking();
        if (where == Where.BETWEEN) between();
    }

    private void before() {
        var text = held.toString().stripLeading();
        if (text.startsWith(OPEN)) {
            held.delete(0, held.indexOf(OPEN) + OPEN.length());
            where = Where.THINKING;
        } else if (!OPEN.startsWith(text)) {
            answering();
        }
    }

    private void thinking() {
        var end = held.indexOf(CLOSE);
        if (end >= 0) {
            reason(end);
            held.delete(0, CLOSE.length());
            where = Where.BETWEEN;
        } else {
            reason(held.length() - begun());
        }
    }

    /** How many characters at the end may be the beginning of the mark that closes. */
    private int begun() {
        for (var length = Math.min(CLOSE.length() - 1, held.length()); length > 0; length--) {
            if (CLOSE.startsWith(held.substring(held.length() - length))) return length;
        }
        return 0;
    }

    private void reason(int end) {
        if (end > 0) heard.reasoning(held.substring(0, end));
        held.delete(0, end);
    }

    private void between() {
        var text = held.toString().stripLeading();
        held.setLength(0);
        held.append(text);
        if (!text.isEmpty()) answering();
    }

    private void answering() {
        where = Where.ANSWERING;
        flush();
    }

    private void flush() {
        if (!held.isEmpty()) heard.content(held.toString());
        held.setLength(0);
    }

    /** Gives out what was held back for a mark that did not come. */
    void end() {
        if (where == Where.THINKING) reason(held.length());
        else if (where == Where.BEFORE) flush();
    }
}
