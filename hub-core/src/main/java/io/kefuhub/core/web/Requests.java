package io.kefuhub.core.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.javalin.http.Context;
import io.kefuhub.api.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads and answers calls; what is not as it should be is refused by a {@link Problem} that names the place. */
public final class Requests {
    /** A JSON body is no larger than this. */
    public static final int JSON_LIMIT = 256 * 1024;

    static final String CALLER = "kefuhub.caller";
    static final String PROGRAM = "kefuhub.program";
    static final String ADDRESS = "kefuhub.address";
    static final String SCHEME = "kefuhub.scheme";
    static final String HOST = "kefuhub.host";

    private Requests() {}

    /** Who calls; only on routes that ask for more than {@link Access#ANYONE}. */
    public static Caller caller(Context ctx) {
        Caller caller = ctx.attribute(CALLER);
        if (caller == null) throw new IllegalStateException("nobody signed in on " + ctx.path());
        return caller;
    }

    /** Which program calls; only on routes that ask for a {@link Scope}. */
    public static Program program(Context ctx) {
        Program program = ctx.attribute(PROGRAM);
        if (program == null) throw new IllegalStateException("no program on " + ctx.path());
        return program;
    }

    /** Sends a JSON answer. */
    public static void send(Context ctx, Object answer) {
        ctx.contentType("application/json").result(Json.bytes(answer));
    }

    /** Reads the body as JSON. */
    public static <T> T body(Context ctx, Class<T> type) {
        if (!ctx.isJson()) {
            throw Problem.of(ProblemType.UNSUPPORTED_TYPE, "Send application/json.", "请使用 application/json。");
        }
        return parse(bytes(ctx, JSON_LIMIT), type);
    }

    /** Reads the body as JSON; empty when there is none. */
    public static <T> Optional<T> optionalBody(Context ctx, Class<T> type) {
        var bytes = bytes(ctx, JSON_LIMIT);
        return bytes.length == 0 ? Optional.empty() : Optional.of(parse(bytes, type));
    }

    /** Reads the whole body, refusing one that is larger than the limit however it is sent. */
    public static byte[] bytes(Context ctx, int limit) {
        if (ctx.req().getContentLengthLong() > limit) throw tooLarge(limit);
        try {
            var bytes = ctx.req().getInputStream().readNBytes(limit + 1);
            if (bytes.length > limit) throw tooLarge(limit);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the caller went away", e);
        }
    }

    /** The language for words in the answer. */
    public static Language language(Context ctx) {
        var wanted = ctx.header("Accept-Language");
        if (wanted == null) return Language.EN;
        for (var range : wanted.toLowerCase(Locale.ROOT).split(",")) {
            if (range.strip().startsWith("zh")) return Language.ZH_CN;
            if (range.strip().startsWith("en")) return Language.EN;
        }
        return Language.EN;
    }

    /** Where the call comes from, as far as a proxy in front tells. */
    public static String address(Context ctx) {
        String address = ctx.attribute(ADDRESS);
        return address == null ? ctx.ip() : address;
    }

    public static Optional<String> parameter(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isBlank());
    }

    public static int limit(Context ctx, int usual, int most) {
        var limit = number(ctx, "limit").orElse(usual);
        if (limit < 1 || limit > most) {
            throw Problem.invalid("limit", "From 1 to " + most + ".", "取值范围为 1 到 " + most + "。");
        }
        return (int) limit;
    }

    public static OptionalLong number(Context ctx, String name) {
        var value = parameter(ctx, name);
        if (value.isEmpty()) return OptionalLong.empty();
        try {
            var number = Long.parseLong(value.get());
            if (number >= 0) return OptionalLong.of(number);
        } catch (NumberFormatException e) {
            // refused below
        }
        throw Problem.invalid(name, "A whole number is expected.", "应为整数。");
    }

    /** Reads the id in the path; what cannot be an id is not found. */
    public static UUID id(Context ctx) {
        return uuid(ctx.pathParam("id")).orElseThrow(Problem::notFound);
    }

    public static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static <T> T parse(byte[] bytes, Class<T> type) {
        try {
            return Json.read(bytes, type);
        } catch (JacksonException e) {
            throw badJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem tooLarge(int limit) {
        return Problem.of(
                ProblemType.TOO_LARGE, new Words("At most %s KB.", "最多 %s KB。").with(Math.max(1, limit / 1024)));
    }

    /** Says where a body is wrong, without repeating what it said. */
    static Problem badJson(JacksonException e) {
        var place = e.getLocation() == null
                ? new Words("", "")
                : new Words(" (line %s, column %s)", "（第 %s 行第 %s 列）")
                        .with(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            var reason = e instanceof JsonProcessingException ? "It is not valid JSON" : "It cannot be read";
            return Problem.of(ProblemType.BAD_JSON, reason + place.en() + ".", "不是有效的 JSON" + place.zh() + "。");
        }
        var field = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        var said = e instanceof UnrecognizedPropertyException
                ? new Words("There is no field \"%s\" here%s.", "没有字段“%s”%s。")
                : new Words("The field \"%s\" is missing or wrong%s.", "字段“%s”缺失或有误%s。");
        return Problem.of(
                        ProblemType.BAD_JSON,
                        new Words(
                                said.en().formatted(field, place.en()),
                                said.zh().formatted(field, place.zh())))
                .with("field", field);
    }
}
