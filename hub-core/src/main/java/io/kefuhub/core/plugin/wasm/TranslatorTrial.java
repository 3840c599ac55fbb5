package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.kit.Question;
import java.util.List;

/** What every module that translates does, whoever wrote it. Immutable. */
final class TranslatorTrial {
    private static final List<String> OUTCOMES = List.of("http", "texts", "unknownPair", "retryMs", "failed");

    private final AskedModule module;

    TranslatorTrial(AskedModule module) {
        this.module = module;
    }

    List<Question> all() {
        return List.of(
                new Question("gives as many texts as it got, in their order", "给出的文本数量和顺序与所得一致", this::asMany),
                new Question("keeps placeholders, quotes and emoji", "保留占位符、引号和表情符号", this::keepsWhatIsNoWord),
                new Question("says when it does not know a language", "遇到不认识的语言时会说明", this::knowsItsLanguages),
                new Question("has an answer for odd texts", "对各种怪异文本都有回答", this::oddTexts),
                new Question("tells when the service fails", "服务失败时会说明", this::tellsFailures));
    }

    static ObjectNode question(List<String> texts, String to) {
        var question = JsonNodeFactory.instance.objectNode();
        texts.forEach(question.putArray("texts")::add);
        question.put("from", "zh-CN").put("to", to).putObject("glossary");
        return question;
    }

    /** Asks, and looks whether it is one of the agreed answers. */
    private AnswerNode ask(ObjectNode question) {
        var answer = Promises.answer(module.ask(WasmTranslator.FUNCTION, question));
        Promises.unless(
                OUTCOMES.stream().anyMatch(answer::has),
                "it says none of " + String.join(", ", OUTCOMES) + ": " + Promises.shown(answer.json()),
                "它没有给出 " + String.join("、", OUTCOMES) + " 之一：" + Promises.shown(answer.json()));
        answer.object("http").ifPresent(http -> Promises.order(module, http));
        if (answer.has("texts")) {
            var asked = question.get("texts").size();
            var given = answer.texts("texts").size();
            Promises.unless(
                    given == asked,
                    "it got " + asked + " texts and gives " + given,
                    "它得到 " + asked + " 段文本，给出 " + given + " 段");
        }
        return answer;
    }

    private void asMany() {
        ask(question(List.of("一"), "en"));
        ask(question(List.of("一", "二", "三"), "en"));
    }

    private void keepsWhatIsNoWord() {
        var answer = ask(question(List.of(Promises.SAID), "en"));
        if (answer.has("http")) {
            Promises.handsOn(HttpOrder.read(answer.object("http").orElseThrow()), Promises.SAID);
        } else if (answer.has("texts")) {
            var text = answer.texts("texts").getFirst();
            for (var kept : List.of("[PHONE_1]", "{order}", "\"", "👩‍👩‍👧", "\n")) {
                Promises.unless(text.contains(kept), "it loses " + kept + ": " + text, "它丢失了 " + kept + "：" + text);
            }
        }
    }

    private void knowsItsLanguages() {
        var answer = ask(question(List.of("一"), "tlh"));
        Promises.unless(
                !answer.has("texts"),
                "it translates into a language that is none: " + answer.json(),
                "它译成了不存在的语言：" + answer.json());
    }

    private void oddTexts() {
        for (var message : Messages.odd()) {
            if (!message.text().isBlank()) ask(question(List.of(message.text()), "en"));
        }
    }

    private void tellsFailures() {
        var question = question(List.of("一"), "en");
        if (!ask(question).has("http")) return;
        for (var response : Responses.FAILED) {
            var said = module.ask(WasmTranslator.FUNCTION, Responses.after(question, response));
            if (Promises.isTold(said)) continue;
            var answer = Promises.answer(said);
            Promises.unless(
                    !answer.has("texts") && OUTCOMES.stream().anyMatch(answer::has),
                    "after " + response + " it says " + Promises.shown(said),
                    "得到 " + response + " 之后它说 " + Promises.shown(said));
        }
    }
}
