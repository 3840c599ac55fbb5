package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.web.Json;
import java.util.Locale;

/** An AI provider whose dialect is a module: it words the call and reads what comes back. Safe for threads. */
final class WasmModel implements AiProvider {
    static final String REQUEST = "model_request";
    static final String EVENT = "model_event";

    private final ModuleInstance module;

    WasmModel(ModuleInstance module) {
        this.module = module;
    }

    @Override
    public AiReply reply(AiRequest request, AiSink sink, Cancel cancel) {
        if (cancel.isRequested()) return new AiReply.Cancelled("", Usage.UNKNOWN, false);
        var worded = module.ask(REQUEST, question(request));
        var order = worded.object("http").orElseThrow(() -> AnswerNode.wrong("it words no call"));
        var call = module.call(HttpOrder.read(order));
        cancel.onRequest(call::cancel);
        var answer = new ModelAnswer(module, sink, request.stream(), call::cancel);
        var outcome = request.stream() ? call.lines(answer::line) : call.send();
        return answer.reply(outcome);
    }

    private static ObjectNode question(AiRequest request) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("model", request.model()).put("system", request.system());
        var messages = node.putArray("messages");
        for (var turn : request.messages()) {
            messages.addObject()
                    .put("role", turn.role().name().toLowerCase(Locale.ROOT))
                    .put("text", turn.text());
        }
        node.put("maxTokens", request.maxTokens()).put("temperature", request.temperature());
        node.put("stream", request.stream());
        var options = node.putObject("options");
        request.options().forEach((name, json) -> options.set(name, Json.tree(json)));
        return node;
    }

    /** Whether nothing can have been sent. */
    static boolean dispatched(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered _ -> true;
            case Outcome.NotAllowed _ -> false;
            case Outcome.Failed(var dispatched, var _) -> dispatched;
            case Outcome.TimedOut(var dispatched) -> dispatched;
            case Outcome.Cancelled(var dispatched) -> dispatched;
        };
    }
}
