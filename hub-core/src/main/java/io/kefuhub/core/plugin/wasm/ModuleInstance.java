package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Http;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Settings;
import io.kefuhub.core.plugin.Subject;
import java.time.Duration;

/** One instance of a module that answers questions about the outside; the hub makes the calls. Safe for threads. */
final class ModuleInstance {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);
    private static final int MOST_CALLS = 3;

    private final LiveModule module;
    private final ModuleSettings settings;
    private final WasmFilters known;
    private final InstanceContext context;

    ModuleInstance(LiveModule module, Settings settings, WasmFilters known, InstanceContext context) {
        this.module = module;
        this.settings = ModuleSettings.of(module.manifest().settings(), settings);
        this.known = known;
        this.context = context;
    }

    WasmManifest manifest() {
        return module.manifest();
    }

    InstanceContext context() {
        return context;
    }

    ModuleSettings settings() {
        return settings;
    }

    /** Asks one question; nothing is called for it. */
    AnswerNode ask(String function, ObjectNode question) {
        question.put("v", 1);
        var errand = new JsonErrand(
                question,
                settings.open(),
                (level, line) -> known.logs()
                        .add(
                                manifest().name(),
                                context.instance(),
                                module.version(),
                                Subject.now(),
                                context.clock().instant(),
                                level,
                                line));
        var said = module.askPatiently(function, errand);
        return said.length == 0 ? new AnswerNode(question.objectNode()) : AnswerNode.read(said);
    }

    /** Asks one question, and makes the calls that it takes to answer it. */
    AnswerNode askWithCalls(String function, ObjectNode question) {
        for (var calls = 0; calls <= MOST_CALLS; calls++) {
            var answer = ask(function, question);
            var order = answer.object("http");
            if (order.isEmpty()) return answer;
            if (calls == MOST_CALLS) break;
            question.set(
                    "response",
                    HttpOrder.response(call(HttpOrder.read(order.get())).send()));
        }
        throw AnswerNode.wrong("it wants more than " + MOST_CALLS + " calls made for one question");
    }

    Http.Call call(HttpOrder order) {
        return context.http().call(order.request(settings.all(), LONGEST_CALL));
    }
}
