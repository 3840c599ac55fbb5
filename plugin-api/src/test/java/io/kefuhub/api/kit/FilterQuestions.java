package io.kefuhub.api.kit;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What every filter is asked, whoever wrote it. Immutable. */
public final class FilterQuestions {
    /** The deadline of an admin who changed nothing. */
    public static final Duration DEADLINE = Duration.ofMillis(500);

    private static final int TRIES = 3;

    private static final int LONGEST_TAG = 60;
    private static final int MOST_LETTERS = 400;

    private final Filter filter;
    private final Facts facts;
    private final List<Message> examples;

    /** @param examples what it is asked about at each of its stages */
    public FilterQuestions(Filter filter, Facts facts, List<Message> examples) {
        this.filter = filter;
        this.facts = facts;
        this.examples = List.copyOf(examples);
    }

    /** With messages that no author thinks of first. */
    public static FilterQuestions about(Filter filter) {
        return new FilterQuestions(filter, SomeFacts.english(), Messages.odd());
    }

    public List<Question> all() {
        return List.of(
                new Question("names its stages and never changes them", "说明所处理的阶段，且从不改变", this::namesItsStages),
                new Question(
                        "has a verdict for every odd message at every stage", "在每个阶段对各种怪异消息都有裁决", this::hasVerdicts),
                new Question(
                        "gives the same verdict whatever it was asked in between",
                        "无论中间问过什么，裁决都相同",
                        this::sameWhateverInBetween),
                new Question("gives the same verdict to many who ask at once", "多线程同时询问时裁决相同", this::sameAtOnce),
                new Question("answers within the usual deadline", "在通常的期限内作答", this::inTime),
                new Question(
                        "keeps tags short and gives placeholders to models only",
                        "标签简短，且只向模型提供占位符",
                        this::tagsAndPlaceholders),
                new Question(
                        "never takes back what may be shown of a growing answer",
                        "从不收回答复中已可显示的部分",
                        this::growingAnswer),
                new Question("closes", "能够关闭", this::closes));
    }

    void namesItsStages() {
        var stages = filter.stages();
        Broken.unless(!stages.isEmpty(), "it names no stage", "没有说明任何阶段");
        var again = filter.stages();
        Broken.unless(again.equals(stages), "first %s, then %s", "先是 %s，后是 %s", stages, again);
    }

    void hasVerdicts() {
        everywhere((asked, verdict) -> {
            if (!(verdict instanceof Verdict.Hold hold)) return;
            for (var found : hold.found()) {
                Broken.unless(
                        isInside(found, asked.message),
                        "%s: what it found is not in the message: %s",
                        "%s：所指之处不在消息之内：%s",
                        asked,
                        found);
            }
        });
    }

    private static boolean isInside(Found found, Message message) {
        if (found.part() >= message.parts().size()) return false;
        return found.to()
                <= switch (message.parts().get(found.part())) {
                    case Part.Text(var text) -> text.length();
                    case Part.Menu(var text, var _) -> text.length();
                    case Part.Media _, Part.Unsupported _ -> 0;
                };
    }

    void sameWhateverInBetween() {
        var first = verdicts(examples);
        verdicts(examples.reversed());
        mustBeSame(first, verdicts(examples));
    }

    void sameAtOnce() {
        var alone = verdicts(examples);
        for (var verdicts : AtOnce.ask(() -> verdicts(examples))) mustBeSame(alone, verdicts);
    }

    void inTime() {
        verdicts(examples);
        for (var stage : filter.stages()) {
            for (var message : examples) {
                var took = took(message, stage);
                // A busy machine may hold one up.
                for (var more = 1; more < TRIES && took.compareTo(DEADLINE) >= 0; more++) took = took(message, stage);
                Broken.unless(
                        took.compareTo(DEADLINE) < 0,
                        "%s: %s ms, more than %s",
                        "%s：用了 %s 毫秒，超过 %s",
                        where(message, stage),
                        took.toMillis(),
                        DEADLINE.toMillis());
            }
        }
    }

    private Duration took(Message message, Stage stage) {
        var start = System.nanoTime();
        apply(message, stage);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void tagsAndPlaceholders() {
        everywhere((asked, verdict) -> {
            for (var tag : verdict.tags()) {
                Broken.unless(!tag.isBlank(), "%s: a tag is blank", "%s：有空白标签", asked);
                Broken.unless(tag.length() < LONGEST_TAG, "%s: the tag %s is too long", "%s：标签 %s 过长", asked, tag);
            }
            if (verdict instanceof Verdict.Rewrite rewrite) mustPlace(asked, rewrite);
        });
    }

    private static void mustPlace(Place asked, Verdict.Rewrite rewrite) {
        var placeholders = rewrite.placeholders();
        Broken.unless(
                placeholders.isEmpty() || asked.stage == Stage.TO_MODEL,
                "%s: gives placeholders, which are for TO_MODEL only",
                "%s：给出了占位符，而占位符仅用于 TO_MODEL",
                asked);
        var text = new Message(rewrite.parts()).text();
        for (var placeholder : placeholders.keySet()) {
            Broken.unless(
                    text.contains(placeholder),
                    "%s: the placeholder %s does not stand in the text",
                    "%s：文字中没有占位符 %s",
                    asked,
                    placeholder);
        }
    }

    void growingAnswer() {
        for (var message : examples) {
            var text = message.text();
            var shown = 0;
            for (var end = 0; end <= Math.min(text.length(), MOST_LETTERS); end++) {
                var safe = filter.safeUntil(text.substring(0, end), facts);
                Broken.unless(
                        safe >= shown && safe <= end,
                        "of the first %s characters %s may be shown, after %s were",
                        "前 %s 个字符中可显示 %s 个，而此前已可显示 %s 个",
                        end,
                        safe,
                        shown);
                shown = safe;
            }
        }
    }

    void closes() {
        filter.close();
    }

    /** Where it was asked. */
    private record Place(Message message, Stage stage) {
        @Override
        public String toString() {
            return where(message, stage);
        }
    }

    private static String where(Message message, Stage stage) {
        return stage + " " + Messages.brief(message);
    }

    private Verdict apply(Message message, Stage stage) {
        try {
            var verdict = filter.apply(message, facts, stage);
            Broken.unless(verdict != null, "no verdict, but null", "没有裁决，而是 null");
            return verdict;
        } catch (RuntimeException | Error e) {
            throw Broken.by(e, where(message, stage));
        }
    }

    private void everywhere(BiConsumer<Place, Verdict> look) {
        verdicts(examples).forEach(look);
    }

    private Map<Place, Verdict> verdicts(List<Message> messages) {
        var verdicts = new LinkedHashMap<Place, Verdict>();
        var stages = filter.stages();
        for (var stage : Stage.values()) {
            if (!stages.contains(stage)) continue;
            for (var message : messages) verdicts.put(new Place(message, stage), apply(message, stage));
        }
        return verdicts;
    }

    private static void mustBeSame(Map<Place, Verdict> first, Map<Place, Verdict> then) {
        first.forEach((place, verdict) -> {
            var same = verdict.equals(then.get(place));
            var other = String.valueOf(then.get(place));
            Broken.unless(same, "%s: first %s, then %s", "%s：先是 %s，后是 %s", place, verdict, other);
        });
    }
}
