package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A translator that is a module. Safe for threads. */
final class WasmTranslator implements Translator {
    static final String FUNCTION = "on_translate";

    private final ModuleInstance module;

    WasmTranslator(ModuleInstance module) {
        this.module = module;
    }

    @Override
    public Translation translate(List<String> texts, Language from, Language to, Map<String, String> glossary) {
        var question = JsonNodeFactory.instance.objectNode();
        texts.forEach(question.putArray("texts")::add);
        question.put("from", from.tag()).put("to", to.tag());
        var words = question.putObject("glossary");
        glossary.forEach(words::put);
        var answer = module.askWithCalls(FUNCTION, question);
        if (answer.flag("unknownPair")) return new Translation.NotThisPair();
        if (answer.has("retryMs")) return new Translation.RetryLater(Duration.ofMillis(answer.number("retryMs", 0)));
        if (answer.has("failed")) return new Translation.Failed(answer.text("failed", ""));
        var translated = answer.texts("texts");
        if (translated.size() != texts.size()) throw AnswerNode.wrong("it gives another number of texts than it got");
        return new Translation.Translated(translated);
    }
}
