package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a module is asked before anybody needs it: the first time takes far longer than any other, and machine code comes
 * with use. Nothing that it answers is used, and nothing is called for it.
 */
final class FirstQuestions {
    private FirstQuestions() {}

    /** By the function that is asked. */
    static Map<String, JsonErrand> of(Set<Answers> answers, WasmManifest manifest) {
        var all = new LinkedHashMap<String, JsonErrand>();
        for (var one : answers) {
            switch (one) {
                case FILTER -> all.put(manifest.entry(), message(manifest));
                case TRANSLATOR -> all.put(WasmTranslator.FUNCTION, errand(translation()));
                case MODEL -> {
                    all.put(WasmModel.REQUEST, errand(request()));
                    all.put(WasmModel.EVENT, errand(event()));
                }
                case CHANNEL -> {
                    all.put(WasmChannel.RECEIVE, errand(call()));
                    all.put(WasmChannel.DELIVER, errand(delivery()));
                }
            }
        }
        return all;
    }

    /** The first question to a function of a module that is more than a filter. */
    static ObjectNode of(String function) {
        return switch (function) {
            case WasmTranslator.FUNCTION -> translation();
            case WasmModel.REQUEST -> request();
            case WasmModel.EVENT -> event();
            case WasmChannel.RECEIVE -> call();
            case WasmChannel.DELIVER -> delivery();
            default -> throw new IllegalArgumentException(function);
        };
    }

    private static JsonErrand message(WasmManifest manifest) {
        var facts = new Facts("desk", "channel", Language.EN, Map.of(), Instant.EPOCH, List.of());
        var stage = manifest.stages().stream().sorted().findFirst().orElse(Stage.CUSTOMER_IN);
        return FilterErrand.of(
                Message.of("Where is my parcel 12345? 我的快递 12345 呢？"),
                facts,
                stage,
                Subject.NONE,
                Instant.EPOCH,
                Map.of(),
                (_, _) -> {});
    }

    private static ObjectNode translation() {
        var question = question();
        question.putArray("texts").add("Where is my parcel?");
        question.put("from", "en").put("to", "zh-CN").putObject("glossary");
        return question;
    }

    private static ObjectNode request() {
        var question = question().put("model", "model").put("system", "Be brief.");
        question.putArray("messages").addObject().put("role", "user").put("text", "Where is my parcel?");
        question.put("maxTokens", 256)
                .put("temperature", 0.2)
                .put("stream", true)
                .putObject("options");
        return question;
    }

    private static ObjectNode event() {
        return question().put("stream", true).put("line", "data: {}");
    }

    private static ObjectNode call() {
        var question = question().put("method", "POST").put("path", "").put("body", "{}");
        question.putObject("query");
        return question;
    }

    private static ObjectNode delivery() {
        return question()
                .put("id", "1")
                .put("thread", "1")
                .put("replyTo", "1")
                .put("attempt", 1)
                .put("author", "")
                .put("text", "On its way.");
    }

    private static ObjectNode question() {
        return JsonNodeFactory.instance.objectNode().put("v", 1);
    }

    private static JsonErrand errand(ObjectNode question) {
        return new JsonErrand(question, Map.of(), (_, _) -> {});
    }
}
