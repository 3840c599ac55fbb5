package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The platform's interfaces, with the token they want. Safe for threads; calls block. */
public final class FeishuApi {
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final Duration UPLOAD = Duration.ofMinutes(2);
    private static final long LONGEST_ERROR = 64 * 1024;

    private final Http http;
    private final URI base;
    private final TenantToken token;

    public FeishuApi(Http http, URI base, TenantToken token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    public Answer get(String path) {
        return call("GET", path, Http.Body.None::new, LIMIT);
    }

    public Answer post(String path, Map<String, ?> tree) {
        return json("POST", path, tree);
    }

    public Answer put(String path, Map<String, ?> tree) {
        return json("PUT", path, tree);
    }

    public Answer patch(String path, Map<String, ?> tree) {
        return json("PATCH", path, tree);
    }

    public Answer delete(String path) {
        return call("DELETE", path, Http.Body.None::new, LIMIT);
    }

    private Answer json(String method, String path, Map<String, ?> tree) {
        var text = Json.write(tree);
        return call(method, path, () -> new Http.Body.Text("application/json; charset=utf-8", text), LIMIT);
    }

    /** @param fields made anew for each try, as a file is read once */
    Answer upload(String path, Supplier<List<Http.Field>> fields) {
        return call("POST", path, () -> new Http.Body.Multipart(fields.get()), UPLOAD);
    }

    /** Writes what is there to a file; an answer that is no success leaves its words in no file. */
    Answer download(String path, Path file, long limit, Duration time) {
        return withToken(headers -> {
            var call = http.call(new Http.Request("GET", at(path), headers, new Http.Body.None(), time));
            return switch (call.toFile(file, limit)) {
                case Http.Outcome.Answered(var status, var given, var _) ->
                    status < 400
                            ? new Answer.Ok(io.kefuhub.ai.exchange.JsonObject.EMPTY)
                            : Exchange.read(status, given, words(file));
                case Http.Outcome other -> Exchange.read(other);
            };
        });
    }

    private static String words(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes((int) LONGEST_ERROR), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer call(String method, String path, Supplier<Http.Body> body, Duration limit) {
        return withToken(
                headers -> Exchange.send(http, new Http.Request(method, at(path), headers, body.get(), limit)));
    }

    /** Asks; where the token is not taken any more, asks once again with another. */
    private Answer withToken(Function<Map<String, String>, Answer> ask) {
        var answer = (Answer) new Answer.NoAnswer(false, "not asked");
        for (var tries = 0; tries < 2; tries++) {
            switch (token.get()) {
                case TenantToken.Held.Not(var why) -> {
                    return undispatched(why);
                }
                case TenantToken.Held.Token(var value) -> {
                    answer = ask.apply(Map.of("Authorization", "Bearer " + value));
                    if (!answer.isRefused(Codes.TOKEN)) return answer;
                    token.spoilt(value);
                }
            }
        }
        return answer;
    }

    /** What was asked for never left, whatever became of the question for the token. */
    private static Answer undispatched(Answer why) {
        return why instanceof Answer.NoAnswer(var _, var reason) ? new Answer.NoAnswer(false, reason) : why;
    }

    private URI at(String path) {
        return URI.create(base + "/open-apis" + path);
    }
}
