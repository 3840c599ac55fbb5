package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One call and what its answer says, whoever asks with whatever token. */
final class Exchange {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private Exchange() {}

    static Answer send(Http http, Http.Request request) {
        return read(http.call(request).send());
    }

    /** Reads what came: the code in the body decides, whatever the status. */
    static Answer read(Http.Outcome outcome) {
        return switch (outcome) {
            case Http.Outcome.Answered(var status, var headers, var body) -> read(status, headers, body);
            case Http.Outcome.NotAllowed(var host) -> new Answer.NotAllowed(host);
            case Http.Outcome.Failed(var dispatched, var reason) -> new Answer.NoAnswer(dispatched, reason);
            case Http.Outcome.TimedOut(var dispatched) -> new Answer.NoAnswer(dispatched, "no answer in time");
            case Http.Outcome.Cancelled(var dispatched) -> new Answer.NoAnswer(dispatched, "called off");
        };
    }

    static Answer read(int status, Map<String, List<String>> headers, String body) {
        var json = Json.object(body).orElse(JsonObject.EMPTY);
        var code = json.number("code");
        if (code.isPresent() && code.get() == 0 && status < 400) {
            return new Answer.Ok(json.object("data").orElse(json));
        }
        if (code.isEmpty() && status < 400) return new Answer.NoAnswer(true, "its answer cannot be read");
        var logId = json.object("error")
                .flatMap(error -> error.text("log_id"))
                .or(() -> header(headers, "x-tt-logid"))
                .orElse("");
        return new Answer.Refused(
                code.filter(number -> number != 0).orElse((long) status),
                json.text("msg", ""),
                status,
                logId,
                number(headers, "x-ogw-ratelimit-reset").map(Duration::ofSeconds),
                number(headers, "x-ogw-ratelimit-limit"));
    }

    private static Optional<Integer> number(Map<String, List<String>> headers, String name) {
        return header(headers, name)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Integer::valueOf);
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .flatMap(entry -> entry.getValue().stream())
                .map(String::strip)
                .findFirst();
    }
}
