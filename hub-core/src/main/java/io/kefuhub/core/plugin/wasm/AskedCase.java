package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.CaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One example of a module that is more than a filter: what a function of its is given, and what must be in its answer. An
 * answer of a model is given as the lines of its stream, as the whole body, or as both, which must then come to the same.
 *
 * @param given beside what the hub asks first
 * @param expect fields that the answer must have; empty where it must fail instead
 * @param fails a part of what it says when it fails
 */
record AskedCase(
        String file,
        String name,
        String function,
        ObjectNode given,
        Optional<JsonNode> expect,
        Optional<String> fails) {
    static final String ASK = "ask";

    private static final Set<String> FUNCTIONS = Set.of(
            WasmTranslator.FUNCTION, WasmModel.REQUEST, WasmModel.EVENT, WasmChannel.RECEIVE, WasmChannel.DELIVER);
    private static final Set<String> FIELDS = Set.of("name", ASK, "given", "expect", "fails");
    private static final String LINES = "lines";
    private static final String BODY = "body";

    static AskedCase read(String file, JsonNode json) throws RefusedException {
        for (var field : json.properties()) {
            if (!FIELDS.contains(field.getKey())) throw new RefusedException(Why.CASE_UNKNOWN, file, field.getKey());
        }
        var name = json.path("name").asText();
        if (name.isEmpty()) throw new RefusedException(Why.CASE_LACKS, file, "name");
        var function = json.path(ASK).asText();
        if (!FUNCTIONS.contains(function)) {
            throw new RefusedException(Why.CASE_UNUSABLE, file, ASK, json.path(ASK), String.join(", ", FUNCTIONS));
        }
        if (!(json.path("given") instanceof ObjectNode given))
            throw new RefusedException(Why.CASE_LACKS, file, "given");
        var expect = Optional.ofNullable(json.get("expect"));
        var fails = Optional.ofNullable(json.get("fails")).map(JsonNode::asText);
        if (expect.isPresent() == fails.isPresent()) throw new RefusedException(Why.CASE_LACKS, file, "expect");
        return new AskedCase(file, name, function, given, expect, fails);
    }

    /** The single questions that it is made of. */
    List<ObjectNode> questions() {
        var all = new ArrayList<ObjectNode>();
        if (!function.equals(WasmModel.EVENT) || !(given.has(LINES) || given.has(BODY))) {
            all.add(merged());
            return all;
        }
        lines().forEach(line -> all.add(DialectTrial.line(line)));
        whole().ifPresent(all::add);
        return all;
    }

    private ObjectNode merged() {
        var question = FirstQuestions.of(function);
        question.setAll(given);
        return question;
    }

    /** Those that a module is asked about: the hub leaves empty ones out. */
    private List<String> lines() {
        return StreamSupport.stream(given.path(LINES).spliterator(), false)
                .map(JsonNode::asText)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private Optional<ObjectNode> whole() {
        var body = given.path(BODY);
        if (body.isMissingNode()) return Optional.empty();
        return Optional.of(DialectTrial.body(
                given.path("status").asInt(200), body.isTextual() ? body.textValue() : body.toString()));
    }

    CaseResult run(AskedModule module) {
        var answers = answers(module);
        for (var said : answers.entrySet()) {
            var isRight = expect.isPresent()
                    ? said.getValue() instanceof AskedModule.Said.Answered(var answer)
                            && has(answer.json(), expect.get())
                    : said.getValue() instanceof AskedModule.Said.Failed failed
                            && failed.toString().contains(fails.orElse(""));
            if (!isRight) {
                var wanted = expect.map(JsonNode::toString).orElseGet(() -> "a failure: " + fails.orElse(""));
                return new CaseResult.Failed(file, name, wanted, said.getKey() + said.getValue());
            }
        }
        return new CaseResult.Passed(file, name);
    }

    /** What it says, by how it was asked. */
    private Map<String, AskedModule.Said> answers(AskedModule module) {
        if (!function.equals(WasmModel.EVENT) || !given.has(LINES)) {
            var question = given.has(BODY) && function.equals(WasmModel.EVENT) ? whole().orElseThrow() : merged();
            return Map.of("", module.ask(function, question));
        }
        var streamed = streamed(module);
        return whole().map(body -> Map.of("streamed: ", streamed, "at once: ", module.ask(function, body)))
                .orElse(Map.of("", streamed));
    }

    /** All that the lines say, as the hub puts it together. */
    private AskedModule.Said streamed(AskedModule module) {
        var all = JsonNodeFactory.instance.objectNode();
        for (var line : lines()) {
            switch (module.ask(function, DialectTrial.line(line))) {
                case AskedModule.Said.Failed failed -> {
                    return failed;
                }
                case AskedModule.Said.Answered(var answer) -> {
                    for (var field : answer.json().properties()) {
                        var before = all.path(field.getKey()).asText();
                        if (field.getValue().isTextual()
                                && Set.of("content", "reasoning").contains(field.getKey())) {
                            all.put(field.getKey(), before + field.getValue().textValue());
                        } else {
                            all.set(field.getKey(), field.getValue());
                        }
                    }
                }
            }
        }
        return new AskedModule.Said.Answered(new AnswerNode(all));
    }

    /** Whether all that is expected is there; of objects, other fields may be there too. */
    private static boolean has(JsonNode answer, JsonNode expected) {
        if (!expected.isObject()) return answer.equals(expected) || sameNumber(answer, expected);
        return expected.properties().stream().allMatch(field -> has(answer.path(field.getKey()), field.getValue()));
    }

    private static boolean sameNumber(JsonNode answer, JsonNode expected) {
        return answer.isNumber() && expected.isNumber() && answer.asDouble() == expected.asDouble();
    }
}
