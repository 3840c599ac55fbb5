package io.kefuhub.core.http;

import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Where an answer sends the caller. The hub follows itself, because OkHttp would open a connection to the next host
 * before anybody could ask whether it is allowed.
 */
final class Redirect {
    private static final Set<String> FOR_EVERY_HOST = Set.of("accept", "accept-language", "content-type", "user-agent");

    private Redirect() {}

    /** Returns the next request; empty when the answer is no redirect or one that must not be followed. */
    static Optional<Request> of(Request request, Response response) {
        var next = Optional.ofNullable(response.header("Location")).map(request.url()::resolve);
        if (next.isEmpty() || request.url().isHttps() && !next.get().isHttps()) return Optional.empty();
        return switch (response.code()) {
            case 301, 302, 303 -> Optional.of(asGet(request, next.get()));
            case 307, 308 -> again(request, next.get());
            default -> Optional.empty();
        };
    }

    private static Request asGet(Request request, HttpUrl url) {
        var method = request.method().equals("HEAD") ? "HEAD" : "GET";
        return at(request, url)
                .method(method, null)
                .removeHeader("Content-Type")
                .build();
    }

    private static Optional<Request> again(Request request, HttpUrl url) {
        var body = request.body();
        if (body != null && body.isOneShot()) return Optional.empty();
        return Optional.of(at(request, url).build());
    }

    /** Credentials stay with the host they were meant for. */
    private static Request.Builder at(Request request, HttpUrl url) {
        var same = url.host().equals(request.url().host())
                && url.port() == request.url().port();
        var builder = request.newBuilder().url(url);
        return same ? builder : builder.headers(harmless(request.headers()));
    }

    private static Headers harmless(Headers headers) {
        var kept = new Headers.Builder();
        for (var header : headers) {
            if (FOR_EVERY_HOST.contains(header.getFirst().toLowerCase(java.util.Locale.ROOT))) {
                kept.add(header.getFirst(), header.getSecond());
            }
        }
        return kept.build();
    }
}
