package io.kefuhub.translate.model;

import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has a model translate, several texts in one question. Safe for threads. */
final class ModelTranslator implements Translator {
    private static final int MOST_SIGNS = 2_000;
    private static final int MOST_TEXTS = 20;

    private final String alias;
    private final String manner;
    private final Models models;

    ModelTranslator(String alias, String manner, Models models) {
        this.alias = alias;
        this.manner = manner;
        this.models = models;
    }

    @Override
    public Translation translate(List<String> texts, Language from, Language to, Map<String, String> glossary) {
        if (!Wording.isKnown(from) || !Wording.isKnown(to)) return new Translation.NotThisPair();
        var system = Wording.system(from, to, manner);
        var made = new ArrayList<String>(texts.size());
        while (made.size() < texts.size()) {
            var some = some(texts.subList(made.size(), texts.size()));
            var turn = new AiRequest.Turn(AiRequest.Role.USER, Wording.question(some, glossary), List.of());
            switch (models.ask(
                    alias, system, List.of(turn), Unread.SINK, new UntilInterrupted(Thread.currentThread()))) {
                case Models.ModelAnswer.Unavailable(var reason) -> {
                    return new Translation.Failed(reason);
                }
                case Models.ModelAnswer.Answered(var answer, var _) -> {
                    var read = Wording.texts(answer, some.size());
                    if (read.isEmpty()) return new Translation.Failed("the model's answer is not what was asked for");
                    made.addAll(read.get());
                }
            }
        }
        return new Translation.Translated(made);
    }

    /** As many as one answer can hold. */
    private static List<String> some(List<String> texts) {
        var count = 1;
        var signs = texts.getFirst().length();
        while (count < Math.min(texts.size(), MOST_TEXTS)
                && signs + texts.get(count).length() <= MOST_SIGNS) {
            signs += texts.get(count).length();
            count++;
        }
        return texts.subList(0, count);
    }

    /** The hub gives a question up by an interrupt, which reaches whoever waits for the model. */
    private record UntilInterrupted(Thread asking) implements Cancel {
        @Override
        public boolean isRequested() {
            return asking.isInterrupted();
        }

        @Override
        public void onRequest(Runnable action) {
            if (isRequested()) action.run();
        }
    }

    private enum Unread implements AiSink {
        SINK;

        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }
}
