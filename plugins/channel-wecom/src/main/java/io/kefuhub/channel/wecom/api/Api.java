package io.kefuhub.channel.wecom.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Localized;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks the platform. A token that it no longer takes is replaced once, and what was asked is asked once more. Safe for
 * threads.
 */
public final class Api {
    private static final Set<Integer> TOKEN_OVER = Set.of(40001, 40014, 42001);
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration LONG_LIMIT = Duration.ofMinutes(5);
    private static final String UPLOAD = "/cgi-bin/media/upload";
    private static final String DOWNLOAD = "/cgi-bin/media/get";
    private static final int TOO_OFTEN = 45009;
    private static final Duration BARRED = Duration.ofSeconds(60);
    private static final int LONGEST_REFUSAL = 64 * 1024;

    private final Platform platform;
    private final Tokens tokens;
    private final Http http;
    private final InstantSource clock;
    /** Until when a call may not be made; the platform counts each kind on its own. */
    private final Map<String, Instant> barred = new ConcurrentHashMap<>();

    public Api(Platform platform, Tokens tokens, InstanceContext context) {
        this.platform = platform;
        this.tokens = tokens;
        this.http = context.http();
        this.clock = context.clock();
    }

    public Reply get(String path, Map<String, String> query) {
        return asked(
                path,
                token -> Answers.read(
                        http.call(Http.Request.get(address(path, query, token), LIMIT))
                                .send(),
                        false));
    }

    public Reply post(String path, Map<String, ?> body) {
        var json = Json.write(body);
        return asked(path, token -> {
            var request = Http.Request.postJson(address(path, Map.of(), token), Map.of(), json, LIMIT);
            return Answers.read(http.call(request).send(), false);
        });
    }

    /**
     * @param media opened anew for every attempt
     */
    Reply upload(String type, Supplier<Http.Field> media) {
        return asked(UPLOAD, token -> {
            var address = address(UPLOAD, Map.of("type", type), token);
            var form = new Http.Body.Multipart(List.of(media.get()));
            var request = new Http.Request("POST", address, Map.of(), form, LONG_LIMIT);
            return Answers.read(http.call(request).send(), false);
        });
    }

    /**
     * Fetches a file.
     *
     * @param file written where the answer is {@link Reply.Ok}, whose body then has the file's name, perhaps empty
     */
    Reply download(String mediaId, Path file, long limit) {
        return asked(DOWNLOAD, token -> {
            var address = address(DOWNLOAD, Map.of("media_id", mediaId), token);
            var outcome = http.call(Http.Request.get(address, LONG_LIMIT)).toFile(file, limit);
            if (!(outcome instanceof Http.Outcome.Answered(var status, var headers, var _))) {
                return Answers.read(outcome, false);
            }
            // A refusal comes as JSON with HTTP 200, and so does a file of JSON that somebody sent: only this tells.
            var disposition = header(headers, "content-disposition");
            return status == 200 && disposition.isPresent()
                    ? new Reply.Ok(new JsonObject(Map.of("filename", FileNames.in(disposition.get()))))
                    : refusal(status, file);
        });
    }

    private static Reply refusal(int status, Path file) {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
            var read = Answers.read(status, text, false);
            return read instanceof Reply.Ok
                    ? new Reply.NoAnswer(true, Localized.of("an answer without a file", "应答中没有文件"))
                    : read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(one -> one.getKey().toLowerCase(Locale.ROOT).equals(name))
                .flatMap(one -> one.getValue().stream())
                .findFirst();
    }

    /** The platform says itself that it may be asked now. */
    public void unbar(String path) {
        barred.remove(path);
    }

    /** Whoever asks too often is barred for a minute, and for longer who asks on meanwhile. */
    private Reply asked(String path, Function<String, Reply> question) {
        if (clock.instant().isBefore(barred.getOrDefault(path, Instant.MIN))) {
            return new Reply.Refused(TOO_OFTEN, "not asked: WeCom said so less than a minute ago", false);
        }
        var reply = withToken(question);
        if (reply instanceof Reply.Refused(var code, var _, var _) && code == TOO_OFTEN) {
            barred.put(path, clock.instant().plus(BARRED));
        }
        return reply;
    }

    private Reply withToken(Function<String, Reply> question) {
        var first = tokens.current();
        if (first instanceof Tokens.Token.None(var why)) return why;
        var used = ((Tokens.Token.Valid) first).value();
        var reply = question.apply(used);
        if (!(reply instanceof Reply.Refused(var code, var _, var _)) || !TOKEN_OVER.contains(code)) return reply;
        return switch (tokens.renewed(used)) {
            case Tokens.Token.None(var why) -> why;
            case Tokens.Token.Valid(var token) -> question.apply(token);
        };
    }

    private URI address(String path, Map<String, String> query, String token) {
        var whole = new HashMap<>(query);
        whole.put("access_token", token);
        return platform.call(path, whole);
    }
}
