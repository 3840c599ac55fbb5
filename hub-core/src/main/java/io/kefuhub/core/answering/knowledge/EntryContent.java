package io.kefuhub.core.answering.knowledge;

import java.util.List;

/** What a person writes in an entry: one question, other ways to ask it, and the answer. */
public record EntryContent(
        EntryLanguage language,
        String question,
        List<String> similar,
        String answer,
        Validity validity,
        boolean enabled) {
    public static final int MAX_QUESTION = 500;
    public static final int MAX_SIMILAR = 100;
    public static final int MAX_ANSWER = 8_000;

    public EntryContent {
        question = checked("question", oneLine(question), MAX_QUESTION);
        answer = checked("answer", answer, MAX_ANSWER);
        similar = similar.stream()
                .map(EntryContent::oneLine)
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(text -> checked("similar question", text, MAX_QUESTION))
                .toList();
        if (similar.size() > MAX_SIMILAR) {
            throw new IllegalArgumentException("more than " + MAX_SIMILAR + " similar questions");
        }
    }

    /** An entry that is on and always valid. */
    public static EntryContent of(EntryLanguage language, String question, List<String> similar, String answer) {
        return new EntryContent(language, question, similar, answer, Validity.ALWAYS, true);
    }

    /** This content with other similar questions. */
    public EntryContent withSimilar(List<String> others) {
        return new EntryContent(language, question, others, answer, validity, enabled);
    }

    /** This content switched on or off. */
    public EntryContent withEnabled(boolean on) {
        return new EntryContent(language, question, similar, answer, validity, on);
    }

    /** What makes it one and the same entry of a desk in two files: language and bare question. */
    public String identity() {
        return language.code() + ":" + Normaliser.normal(question);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String checked(String name, String text, int limit) {
        var stripped = text.replace("\r\n", "\n").strip();
        if (stripped.isEmpty()) throw new IllegalArgumentException("the " + name + " is empty");
        if (stripped.length() > limit) {
            throw new IllegalArgumentException("the " + name + " is longer than " + limit + " characters");
        }
        return stripped;
    }
}
