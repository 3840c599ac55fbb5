package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Routes;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Supplier;

/** What all calls of the open platform have in common: the token says whose they are, and the code what came of them. */
final class Api {
    private static final String BASE = "/open-apis";

    private final Routes routes;
    private final Supplier<Collection<AppSide>> sides;

    /** Answers what stands under {@code data}. */
    interface Handler {
        ObjectNode answer(AppSide side, Call call);
    }

    /** Answers anything, such as a file. */
    interface RawHandler {
        Answer answer(AppSide side, Call call);
    }

    Api(Routes routes, Supplier<Collection<AppSide>> sides) {
        this.routes = routes;
        this.sides = sides;
    }

    void on(String method, String path, Handler handler) {
        raw(method, path, (side, call) -> {
            var answer = Json.object().put("code", 0).put("msg", "success");
            answer.set("data", handler.answer(side, call));
            return Answer.json(answer);
        });
    }

    void raw(String method, String path, RawHandler handler) {
        routes.add(method, BASE + path, call -> guarded(() -> handler.answer(side(call), call)));
    }

    /** A call without a token. */
    void open(String path, Routes.Endpoint endpoint) {
        routes.post(BASE + path, call -> guarded(() -> endpoint.answer(call)));
    }

    private AppSide side(Call call) {
        var authorization = call.header("Authorization");
        for (var side : sides.get()) {
            if (side.tokens.knows(authorization)) {
                side.tokens.check(authorization);
                return side;
            }
        }
        throw (authorization.startsWith("Bearer ") ? Code.TOKEN_UNKNOWN : Code.TOKEN_MISSING).refusal();
    }

    private static Answer guarded(Supplier<Answer> answer) {
        var log = UUID.randomUUID().toString().replace("-", "");
        try {
            return answer.get().withHeader("X-Tt-Logid", log);
        } catch (Refusal refusal) {
            return refused(refusal, log);
        }
    }

    static Answer refused(Refusal refusal) {
        return refused(refusal, "00000000");
    }

    private static Answer refused(Refusal refusal, String log) {
        var body = Json.object().put("code", refusal.code.number).put("msg", String.valueOf(refusal.getMessage()));
        var error = body.putObject("error").put("log_id", log);
        if (refusal.code == Code.SCOPE_MISSING) {
            error.putArray("permission_violations")
                    .addObject()
                    .put("type", "action_scope_required")
                    .put("subject", String.valueOf(refusal.getMessage()).replaceAll(".*\\[([^,\\]]*).*", "$1"));
        }
        var answer = Answer.json(refusal.code.status, body).withHeader("X-Tt-Logid", log);
        var limit = refusal.limit;
        if (limit == null || refusal.code != Code.TOO_MANY) return answer;
        var seconds = Math.max(1, limit.reset().plusMillis(999).toSeconds());
        return answer.withHeader("x-ogw-ratelimit-limit", Integer.toString(limit.calls()))
                .withHeader("x-ogw-ratelimit-reset", Long.toString(seconds));
    }

    /** The body of a call, which must be a JSON object. */
    static ObjectNode body(Call call) {
        return Trees.object(call.body()).orElseThrow(() -> Code.FIELD_WRONG.refusal("the body is not a JSON object"));
    }

    static String text(JsonNode body, String field) {
        var value = body.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) throw Code.FIELD_WRONG.refusal(field + " is required");
        return value.asText();
    }
}
