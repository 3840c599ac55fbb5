package io.kefuhub.channel.web;

import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Refusals over HTTP, as problem documents. */
final class Problems {
    private Problems() {}

    /** What a client did wrong; {@code code} is for programs, {@code detail} for their authors. */
    static WebReply of(int status, String code, String detail) {
        var body = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title(status));
            json.writeNumberField("status", status);
            json.writeStringField("code", code);
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
        return new WebReply(
                status,
                Map.of("Content-Type", "application/problem+json; charset=utf-8", "Cache-Control", "no-store"),
                new WebReply.Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
    }

    static WebReply unauthorized(String code, String detail) {
        return of(401, code, detail).withHeader("WWW-Authenticate", "Bearer");
    }

    static WebReply notFound() {
        return of(404, "not_found", "There is nothing here.");
    }

    static WebReply later(int status, String code, String detail, Duration pause) {
        var seconds = Math.max(1, pause.toSeconds() + (pause.toNanosPart() > 0 ? 1 : 0));
        return of(status, code, detail).withHeader("Retry-After", Long.toString(seconds));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            case 507 -> "Insufficient Storage";
            default -> "Refused";
        };
    }
}
