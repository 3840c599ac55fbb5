package io.kefuhub.channel.wecom.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.Localized;
import java.util.Optional;

/** Reads what came back over HTTP. */
final class Answers {
    private Answers() {}

    static Reply read(Http.Outcome outcome, boolean forToken) {
        return switch (outcome) {
            case Http.Outcome.Answered(var status, var _, var body) -> read(status, body, forToken);
            case Http.Outcome.NotAllowed(var host) ->
                new Reply.NoAnswer(
                        false, Localized.of("this plugin may not call the host " + host, "此插件未获准访问 " + host));
            case Http.Outcome.Failed(var dispatched, var reason) -> new Reply.NoAnswer(dispatched, reason);
            case Http.Outcome.TimedOut(var dispatched) ->
                new Reply.NoAnswer(dispatched, Localized.of("no answer in time", "未在时限内应答"));
            case Http.Outcome.Cancelled(var dispatched) ->
                new Reply.NoAnswer(dispatched, Localized.of("the call was called off", "调用已取消"));
        };
    }

    static Reply read(int status, String body, boolean forToken) {
        var json = status >= 500 ? Optional.<JsonObject>empty() : Json.object(body);
        if (json.isEmpty())
            return new Reply.NoAnswer(
                    true,
                    Localized.of("HTTP " + status + " without an answer in JSON", "HTTP " + status + "，应答不是 JSON"));
        var code = (int) json.get().signed("errcode", status >= 400 ? status : 0);
        return code == 0
                ? new Reply.Ok(json.get())
                : new Reply.Refused(code, json.get().text("errmsg", ""), forToken);
    }
}
