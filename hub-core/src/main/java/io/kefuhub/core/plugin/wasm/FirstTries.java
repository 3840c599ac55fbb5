package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.core.plugin.wasm.guest.Budget;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Asks a module that is more than a filter what the hub would ask it first, with its settings as they usually are, and looks
 * whether it answers as agreed. Nothing is called for it.
 */
final class FirstTries {
    private static final Budget PATIENT = new Budget(Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final int LONGEST = 160;

    private FirstTries() {}

    /** Tells of each question by its function; returns how many went wrong. */
    static int of(LiveModule module, WasmFormat.Read read, BiConsumer<String, String> told) {
        var mappings = EnumSet.noneOf(Answers.class);
        mappings.addAll(read.answers());
        mappings.remove(Answers.FILTER);
        var wrong = 0;
        for (var question : FirstQuestions.of(mappings, read.manifest()).entrySet()) {
            try {
                var said = module.ask(question.getKey(), question.getValue(), PATIENT);
                told.accept(question.getKey(), outcome(question.getKey(), said));
            } catch (WasmFault e) {
                wrong++;
                told.accept(question.getKey(), "✗ " + e.getMessage());
            }
        }
        return wrong;
    }

    private static String outcome(String function, byte[] said) {
        if (said.length == 0 && !function.equals(WasmModel.REQUEST)) return "✓ nothing";
        var answer = said.length == 0 ? new AnswerNode(object()) : AnswerNode.read(said);
        if (function.equals(WasmModel.REQUEST) && !answer.has("http")) throw AnswerNode.wrong("it words no call");
        answer.object("http").ifPresent(HttpOrder::read);
        if (function.equals(WasmTranslator.FUNCTION))
            fits(answer, List.of("http", "texts", "unknownPair", "retryMs", "failed"));
        if (function.equals(WasmChannel.DELIVER)) {
            fits(answer, List.of("http", "done", "retryMs", "undeliverable", "misconfigured"));
        }
        var shown = answer.json().toString();
        return "✓ " + (shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…");
    }

    private static void fits(AnswerNode answer, List<String> oneOf) {
        if (oneOf.stream().noneMatch(answer::has)) {
            throw AnswerNode.wrong("it says none of " + String.join(", ", oneOf));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
