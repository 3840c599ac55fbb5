package io.kefuhub.api.kit;

import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every translator is asked, whatever it knows. One thread only. */
public final class TranslatorQuestions {
    /** Nobody speaks it: a tag for private use. */
    private static final Language NOBODYS = new Language("qaa");

    private static final List<Language> COMMON = List.of(
            Language.EN,
            Language.ZH_CN,
            new Language("zh"),
            new Language("de"),
            new Language("fr"),
            new Language("es"),
            new Language("ja"));
    private static final List<String> TEXTS = List.of("hello", "one", "return", "parcel", "two", "three");
    private static final List<String> KEPT = List.of("[phone-1]", "https://example.com/a?b=1&c=2");
    private static final String WITH_PLACEHOLDER = "hello [phone-1], https://example.com/a?b=1&c=2";

    private final Translator translator;
    private final FakeHttp http;
    private final Language from;
    private final Language to;
    private final Language unknown;

    /**
     * @param http what the translator was lent
     * @param unknown a language that it does not know
     */
    public TranslatorQuestions(Translator translator, FakeHttp http, Language from, Language to, Language unknown) {
        this.translator = translator;
        this.http = http;
        this.from = from;
        this.to = to;
        this.unknown = unknown;
    }

    /** Between two languages that it knows, found by asking. */
    public static TranslatorQuestions about(Translator translator, FakeHttp http) {
        for (var from : COMMON) {
            for (var to : COMMON) {
                if (!from.equals(to) && knows(translator, from, to)) {
                    return new TranslatorQuestions(translator, http, from, to, NOBODYS);
                }
            }
        }
        return new TranslatorQuestions(translator, http, Language.EN, Language.ZH_CN, NOBODYS);
    }

    private static boolean knows(Translator translator, Language from, Language to) {
        try {
            return translator.translate(TEXTS, from, to, Map.of()) instanceof Translation.Translated;
        } catch (RuntimeException | Error _) {
            return false;
        }
    }

    /** The two languages, such as {@code en → zh-CN}, when it translates between them here; empty when it cannot. */
    public Optional<String> translates() {
        return knows(translator, from, to) ? Optional.of(from + " → " + to) : Optional.empty();
    }

    public List<Question> all() {
        return List.of(
                new Question(
                        "gives as many texts as it got, none blank, in their order",
                        "译文与原文数量相同、没有空白、顺序一致",
                        this::keepsOrder),
                new Question("keeps placeholders and web addresses as they are", "占位符和网址原样保留", this::keepsPlaceholders),
                new Question(
                        "says that it does not know a language, and never returns the originals",
                        "不认识的语言如实说明，绝不返回原文",
                        this::saysWhatItDoesNotKnow),
                new Question("has an answer for odd texts", "对各种怪异文本都有回应", this::oddTexts),
                new Question("gives the same to many who ask at once", "多线程同时询问时译文相同", this::sameAtOnce),
                new Question("has an answer when its service is away", "服务不可用时也有回应", this::serviceAway),
                new Question("ends when its thread is interrupted, and closes", "线程被中断时结束，并能够关闭", this::endsAndCloses));
    }

    void keepsOrder() {
        var first = texts(TEXTS);
        var reversed = texts(TEXTS.reversed());
        if (first.isEmpty() || reversed.isEmpty()) return;
        var isMixed = !reversed.get().equals(first.get().reversed())
                && reversed.get().stream()
                        .sorted()
                        .toList()
                        .equals(first.get().stream().sorted().toList());
        Broken.unless(
                !isMixed,
                "%s in this order became %s, and the other way round %s",
                "%s 依次译为 %s，倒过来却是 %s",
                TEXTS,
                first.get(),
                reversed.get());
        for (var i = 0; i < TEXTS.size(); i++) {
            var alone = texts(List.of(TEXTS.get(i)));
            var place = i;
            // Neighbours may change how it is put, not whose translation it is.
            var isAnothers = alone.filter(
                            one -> !one.getFirst().equals(first.get().get(place))
                                    && first.get().contains(one.getFirst()))
                    .isPresent();
            Broken.unless(
                    !isAnothers,
                    "%s is %s alone, and that stands in another's place in %s",
                    "%s 单独译为 %s，而它在 %s 中位置不对",
                    TEXTS.get(i),
                    alone.orElse(List.of()),
                    first.get());
        }
    }

    void keepsPlaceholders() {
        texts(List.of(WITH_PLACEHOLDER)).ifPresent(texts -> {
            for (var kept : KEPT) {
                Broken.unless(
                        texts.getFirst().contains(kept), "%s is lost in %s", "%s 在译文 %s 中丢失", kept, texts.getFirst());
            }
        });
    }

    void saysWhatItDoesNotKnow() {
        for (var pair : List.of(List.of(from, unknown), List.of(unknown, to))) {
            var answer = ask(List.of("hello"), pair.getFirst(), pair.getLast());
            if (answer instanceof Translation.Translated(var texts)) {
                Broken.unless(
                        !texts.equals(List.of("hello")),
                        "%s → %s: it returns the original instead of NotThisPair",
                        "%s → %s：返回了原文，而不是 NotThisPair",
                        pair.getFirst(),
                        pair.getLast());
            }
        }
    }

    void oddTexts() {
        for (var message : Messages.odd()) {
            if (message.text().isBlank()) continue;
            mustBeSound(List.of(message.text()), ask(List.of(message.text()), from, to));
        }
    }

    void sameAtOnce() {
        var alone = ask(TEXTS, from, to);
        for (var answer : AtOnce.ask(() -> ask(TEXTS, from, to))) {
            Broken.unless(alone.equals(answer), "first %s, then %s", "先是 %s，后是 %s", alone, answer);
        }
    }

    void serviceAway() {
        for (var outcome : List.of(
                new Http.Outcome.NotAllowed("api.example.com"),
                new Http.Outcome.Failed(true, "connection reset"),
                new Http.Outcome.TimedOut(true),
                new Http.Outcome.Answered(503, Map.of(), "<html>busy</html>"))) {
            http.answerAs(_ -> new FakeHttp.Played("<html>busy</html>", outcome));
            var before = http.requests().size();
            var answer = ask(TEXTS, from, to);
            var asked = http.requests().size() > before;
            Broken.unless(
                    !asked || !(answer instanceof Translation.Translated),
                    "%s: it made a translation of that",
                    "%s：由此得出了译文",
                    outcome);
        }
    }

    void endsAndCloses() throws InterruptedException {
        CalledOff.mustEnd(http, () -> ask(TEXTS, from, to));
        translator.close();
    }

    private Optional<List<String>> texts(List<String> texts) {
        return ask(texts, from, to) instanceof Translation.Translated(var translated)
                ? Optional.of(translated)
                : Optional.empty();
    }

    private Translation ask(List<String> texts, Language one, Language other) {
        try {
            var answer = translator.translate(texts, one, other, Map.of());
            mustBeSound(texts, answer);
            return answer;
        } catch (RuntimeException | Error e) {
            throw Broken.by(e, one + " → " + other + " " + Messages.brief(Messages.fromCustomer(texts.getFirst())));
        }
    }

    private static void mustBeSound(List<String> texts, Translation answer) {
        Broken.unless(answer != null, "no answer, but null", "没有回答，而是 null");
        if (!(answer instanceof Translation.Translated(var translated))) return;
        Broken.unless(
                translated.size() == texts.size(),
                "%s texts became %s",
                "%s 段文字译成了 %s 段",
                texts.size(),
                translated.size());
        Broken.unless(translated.stream().noneMatch(String::isBlank), "a translation is blank", "有空白译文");
    }
}
