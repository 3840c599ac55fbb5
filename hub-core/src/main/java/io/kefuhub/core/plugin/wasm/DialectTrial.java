package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.kit.Question;
import java.util.List;
import java.util.Set;

/** What every module that speaks a model's dialect does, whoever wrote it. Immutable. */
final class DialectTrial {
    private static final Set<String> ERRORS = Set.of(
            "rate-limited", "overloaded", "credentials", "no-balance", "too-long", "filtered", "refused", "broken");
    private static final List<String> NO_LINES = List.of(
            ": ping",
            "event: message",
            "data: {}",
            "data: []",
            "data: null",
            "data: {\"id\":\"1\"",
            "data:",
            "nonsense",
            "\u0000",
            "data: 7");
    private static final List<Integer> STATUSES = List.of(400, 401, 404, 429, 500, 503);
    private static final List<String> NO_BODIES =
            List.of("<html>Bad Gateway</html>", "", "{}", "[]", "null", "{\"id\":");

    private final AskedModule module;

    DialectTrial(AskedModule module) {
        this.module = module;
    }

    List<Question> all() {
        return List.of(
                new Question(
                        "words a call that the hub may make, streamed and at once",
                        "写出本系统可以发出的调用，流式与一次性均可",
                        this::wordsCalls),
                new Question(
                        "hands on all that was said, with placeholders, quotes and emoji",
                        "原样转交所说的一切，包括占位符、引号和表情符号",
                        this::handsOn),
                new Question("reads no answer out of lines that are none", "不会从无效的行中读出回答", this::linesThatAreNone),
                new Question("reads no answer out of a body that is none", "不会从无效的正文中读出回答", this::bodiesThatAreNone),
                new Question("tells an error as one", "把错误说成错误", this::tellsErrors));
    }

    static ObjectNode question(boolean stream) {
        var question = JsonNodeFactory.instance.objectNode();
        question.put("model", "model-of-a-test").put("system", "Be brief. " + Promises.SAID);
        var messages = question.putArray("messages");
        messages.addObject().put("role", "user").put("text", "First. " + Promises.SAID);
        messages.addObject().put("role", "assistant").put("text", "Second. " + Promises.SAID);
        messages.addObject().put("role", "user").put("text", "Third. " + Promises.SAID);
        question.put("maxTokens", 256).put("temperature", 0.2).put("stream", stream);
        question.putObject("options");
        return question;
    }

    static ObjectNode line(String line) {
        return JsonNodeFactory.instance.objectNode().put("stream", true).put("line", line);
    }

    static ObjectNode body(int status, String body) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("stream", false)
                .put("status", status)
                .put("body", body);
    }

    private HttpOrder order(boolean stream) {
        var answer = Promises.answer(module.ask(WasmModel.REQUEST, question(stream)));
        var http = answer.object("http");
        Promises.unless(
                http.isPresent(),
                "it words no call: " + Promises.shown(answer.json()),
                "它没有写出调用：" + Promises.shown(answer.json()));
        return Promises.order(module, http.orElseThrow());
    }

    private void wordsCalls() {
        order(true);
        order(false);
    }

    private void handsOn() {
        for (var stream : List.of(true, false)) {
            var order = order(stream);
            for (var said : List.of("Be brief. ", "First. ", "Second. ", "Third. ")) {
                Promises.handsOn(order, said + Promises.SAID);
            }
            Promises.handsOn(order, "model-of-a-test");
        }
    }

    /** Reads one event; nothing where it failed in words of its own. */
    private AnswerNode read(ObjectNode event) {
        var said = module.ask(WasmModel.EVENT, event);
        if (Promises.isTold(said))
            return new AnswerNode(JsonNodeFactory.instance.objectNode().put("error", "broken"));
        var answer = Promises.answer(said);
        isWellFormed(answer);
        return answer;
    }

    private static void isWellFormed(AnswerNode answer) {
        answer.text("content", "");
        answer.text("reasoning", "");
        answer.object("usage")
                .ifPresent(usage -> List.of("input", "cachedInput", "output", "reasoning")
                        .forEach(field -> usage.number(field, 0)));
        answer.text("finish", "");
        var error = answer.text("error", "");
        Promises.unless(
                !answer.has("error") || ERRORS.contains(error),
                "its error is none of those that the hub knows: " + error,
                "它的 error 不是本系统所知的：" + error);
    }

    private void linesThatAreNone() {
        for (var line : NO_LINES) mustBeNone(line, read(line(line)));
    }

    private void bodiesThatAreNone() {
        for (var body : NO_BODIES) mustBeNone(body, read(body(200, body)));
    }

    private void tellsErrors() {
        for (var status : STATUSES) {
            for (var body : NO_BODIES) mustBeNone(status + " " + body, read(body(status, body)));
        }
    }

    private static void mustBeNone(String given, AnswerNode answer) {
        Promises.unless(
                answer.text("content", "").isEmpty() && (!answer.has("finish") || answer.has("error")),
                "out of " + given + " it reads " + Promises.shown(answer.json()),
                "它从 " + given + " 中读出了 " + Promises.shown(answer.json()));
    }
}
