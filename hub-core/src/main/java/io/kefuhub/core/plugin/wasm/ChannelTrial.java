package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.kit.Question;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.time.Instant;
import java.util.List;

/** What every module that is a channel does, whoever wrote it. Immutable. */
final class ChannelTrial {
    private static final List<String> NO_BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "7",
            "nonsense",
            "<xml/>",
            "{\"text\":",
            "{\"id\":\"",
            "{\"id\":7,\"text\":{}}",
            "{\"id\":\"\\u12\"}",
            "\u0000\uFFFD",
            "[".repeat(2_000));

    private final AskedModule module;

    ChannelTrial(AskedModule module) {
        this.module = module;
    }

    List<Question> all() {
        return List.of(
                new Question(
                        "reads no message into a call that brings none", "不会把没有消息的调用读成消息", this::callsWithoutMessages),
                new Question("words a call that the hub may make for a reply", "为回复写出本系统可以发出的调用", this::wordsCalls),
                new Question(
                        "hands on what is said, with placeholders, quotes and emoji",
                        "原样转交所说的内容，包括占位符、引号和表情符号",
                        this::handsOn),
                new Question("tells a refusal of the platform as one", "把平台的拒绝说成拒绝", this::tellsRefusals));
    }

    static ObjectNode call(String body) {
        var question = JsonNodeFactory.instance
                .objectNode()
                .put("method", "POST")
                .put("path", "")
                .put("body", body);
        question.putObject("query");
        return question;
    }

    static ObjectNode reply() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "d-1")
                .put("thread", "customer-1")
                .put("replyTo", "m-1")
                .put("attempt", 1)
                .put("author", "")
                .put("text", Promises.SAID);
    }

    private void callsWithoutMessages() {
        for (var body : NO_BODIES) {
            var said = module.ask(WasmChannel.RECEIVE, call(body));
            if (Promises.isTold(said)) continue;
            try {
                WasmChannel.receipt(Promises.answer(said), Instant.EPOCH);
            } catch (WasmFault e) {
                throw Promises.broken(
                        "out of " + Promises.shown(body) + " it reads what is no message: " + e.getMessage(),
                        "它从 " + Promises.shown(body) + " 中读出了不成消息的内容：" + e.getMessage());
            }
        }
    }

    private AnswerNode deliver(ObjectNode question) {
        var answer = Promises.answer(module.ask(WasmChannel.DELIVER, question));
        answer.object("http").ifPresent(http -> Promises.order(module, http));
        if (!answer.has("http")) outcome(answer);
        return answer;
    }

    private static Delivered outcome(AnswerNode answer) {
        try {
            return WasmChannel.outcome(answer);
        } catch (WasmFault e) {
            throw Promises.broken(
                    e.getMessage() + ": " + Promises.shown(answer.json()),
                    "它的回答不符合约定：" + Promises.shown(answer.json()));
        }
    }

    private void wordsCalls() {
        deliver(reply());
    }

    private void handsOn() {
        var answer = deliver(reply());
        answer.object("http").ifPresent(http -> Promises.handsOn(HttpOrder.read(http), Promises.SAID));
    }

    private void tellsRefusals() {
        for (var response : Responses.FAILED) {
            // What was not answered is never told the module.
            if (response.has("failed")) continue;
            var said = module.ask(WasmChannel.DELIVER, Responses.after(reply(), response));
            if (Promises.isTold(said)) continue;
            var outcome = outcome(Promises.answer(said));
            Promises.unless(
                    !(outcome instanceof Delivered.Done),
                    "after " + response + " it says that the reply arrived",
                    "得到 " + response + " 之后它说回复已送达");
        }
    }
}
