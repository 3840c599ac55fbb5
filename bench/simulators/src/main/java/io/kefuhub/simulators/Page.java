package io.kefuhub.simulators;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** The page: one file, whose script and style alone may run in it. */
final class Page {
    private final String html;
    private final String policy;

    private Page(String html) {
        this.html = html;
        this.policy = "default-src 'none'; script-src 'sha256-" + digest(inside(html, "script"))
                + "'; style-src 'sha256-"
                + digest(inside(html, "style")) + "'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    static Page load() {
        try (var file = Page.class.getResourceAsStream("page.html")) {
            if (file == null) throw new IllegalStateException("page.html is missing");
            return new Page(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answer(Context ctx) {
        ctx.header("Content-Security-Policy", policy);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-store");
        ctx.html(html);
    }

    private static String inside(String html, String tag) {
        var found = Pattern.compile("<" + tag + "[^>]*>(.*?)</" + tag + ">", Pattern.DOTALL)
                .matcher(html);
        return found.find() ? found.group(1) : "";
    }

    private static String digest(String text) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
