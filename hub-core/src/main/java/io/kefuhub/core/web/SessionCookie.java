package io.kefuhub.core.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;

/** The cookie that holds a session's token. */
public record SessionCookie(boolean secure) {
    static final String NAME = "kefuhub_session";

    public static Optional<String> read(Context ctx) {
        return Optional.ofNullable(ctx.cookie(NAME));
    }

    public void set(Context ctx, String token, Duration life) {
        var seconds = (int) life.toSeconds();
        ctx.cookie(new Cookie(NAME, token, "/", seconds, secure, true, null, SameSite.STRICT));
    }

    public void clear(Context ctx) {
        ctx.cookie(new Cookie(NAME, "", "/", 0, secure, true, null, SameSite.STRICT));
    }
}
