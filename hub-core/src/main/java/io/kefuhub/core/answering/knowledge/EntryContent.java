package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a person writes in an entry: one question, other ways to ask it, and the answer. */
public record EntryContent(
        EntryLanguage language,
        String question,
        List<String> similar,
        String answer,
        Validity validity,
        Reach reach,
        boolean enabled) {
    /** A field holds what an entry cannot hold. */
    public static final class Unfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final String field;
        private final transient Words words;

        Unfit(String field, Words words) {
            super(words.en());
            this.field = field;
            this.words = words;
        }

        Unfit(String field, Words words, Throwable cause) {
            super(words.en(), cause);
            this.field = field;
            this.words = words;
        }

        /** As callers of the API spell it. */
        public String field() {
            return field;
        }

        public Words words() {
            return words;
        }
    }

    public static final int MAX_QUESTION = 500;
    public static final int MAX_SIMILAR = 100;
    public static final int MAX_ANSWER = 8_000;

    private static final Map<String, Words> NAMES = Map.of(
            "question", new Words("question", "问题"),
            "similar", new Words("similar question", "相似问题"),
            "answer", new Words("answer", "答案"));

    public EntryContent {
        question = checked("question", oneLine(question), MAX_QUESTION);
        answer = checked("answer", answer, MAX_ANSWER);
        similar = similar.stream()
                .map(EntryContent::oneLine)
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(text -> checked("similar", text, MAX_QUESTION))
                .toList();
        if (similar.size() > MAX_SIMILAR) {
            throw new Unfit(
                    "similar",
                    new Words("There are more than %s similar questions.", "相似问题不能超过 %s 个。").with(MAX_SIMILAR));
        }
    }

    /** An entry that is on, always valid and for everybody. */
    public static EntryContent of(EntryLanguage language, String question, List<String> similar, String answer) {
        return new EntryContent(language, question, similar, answer, Validity.ALWAYS, Reach.EVERYBODY, true);
    }

    /** This content with other similar questions. */
    public EntryContent withSimilar(List<String> others) {
        return new EntryContent(language, question, others, answer, validity, reach, enabled);
    }

    /** This content switched on or off. */
    public EntryContent withEnabled(boolean on) {
        return new EntryContent(language, question, similar, answer, validity, reach, on);
    }

    /** This content for other people. */
    public EntryContent withReach(Reach other) {
        return new EntryContent(language, question, similar, answer, validity, other, enabled);
    }

    /** What makes it one and the same entry of a desk in two files: language, reach and bare question. */
    public String identity() {
        return String.join(":", language.code(), reach.audience().code(), String.join(",", reach.channels()), bare());
    }

    /** The question without what says nothing. */
    String bare() {
        return Normaliser.normal(question);
    }

    /** All wordings without what says nothing. */
    List<String> bareWordings() {
        return Stream.concat(Stream.of(question), similar.stream())
                .map(Normaliser::normal)
                .distinct()
                .toList();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String checked(String field, String text, int limit) {
        var stripped = text.replace("\r\n", "\n").strip();
        var name = NAMES.getOrDefault(field, new Words(field, field));
        if (stripped.isEmpty()) {
            throw new Unfit(field, new Words("The " + name.en() + " is empty.", name.zh() + "不能为空。"));
        }
        if (stripped.length() > limit) {
            throw new Unfit(
                    field,
                    new Words("The " + name.en() + " is longer than %s characters.", name.zh() + "不能超过 %s 个字符。")
                            .with(limit));
        }
        if (stripped.indexOf('\0') >= 0) {
            throw new Unfit(field, new Words("The " + name.en() + " holds a zero byte.", name.zh() + "含有空字符。"));
        }
        return stripped;
    }
}
