package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;

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
        Http.Call call;
        try {
            call = call(request);
        } catch (WasmFault e) {
            // Nothing was sent, so that it costs nothing and may be asked elsewhere.
            return e.kind() == WasmFault.Kind.TOO_LONG
                    ? new AiReply.TooLong(false)
                    : new AiReply.Broken(String.valueOf(e.getMessage()), "", Usage.UNKNOWN, false);
        }
        cancel.onRequest(call::cancel);
        var answer = new ModelAnswer(module, sink, request.stream(), call::cancel);
        var outcome = request.stream() ? call.lines(answer::line) : call.send();
        return answer.reply(outcome);
    }

    /** Has the module word the call; what it leaves out of the pictures is said in words. */
    private Http.Call call(AiRequest request) {
        var pictures = new ModelPictures(module, request);
        var order = order(ModelQuestion.of(request, pictures.shown()));
        var unseen = pictures.missing(order.body());
        if (!unseen.isEmpty()) order = order(ModelQuestion.of(request, pictures.without(unseen)));
        return module.call(order.withBody(pictures.fill(order.body())));
    }

    private HttpOrder order(ObjectNode question) {
        var worded = module.ask(REQUEST, question);
        return HttpOrder.read(worded.object("http").orElseThrow(() -> AnswerNode.wrong("it words no call")));
    }

    /** Whether something may have been sent. */
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
