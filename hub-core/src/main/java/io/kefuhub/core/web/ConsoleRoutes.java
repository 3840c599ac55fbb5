package io.kefuhub.core.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serves the console: files of the class path under {@code /console}, and its page for every other address in it. */
public final class ConsoleRoutes implements RouteModule {
    private static final String FOLDER = "/console/";
    private static final String PAGE = "index.html";
    private static final Pattern PATH =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
    /** A build's assets carry a hash in their names, so that they never change. */
    private static final String ASSETS = "assets/";

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/", ctx -> ctx.redirect("/console", HttpStatus.FOUND), Access.ANYONE);
        routes.get("/console", ctx -> page(ctx), Access.ANYONE);
        routes.get("/console/<path>", this::file, Access.ANYONE);
    }

    private void file(Context ctx) throws IOException {
        var path = ctx.pathParam("path");
        var content = PATH.matcher(path).matches() ? read(path) : Optional.<byte[]>empty();
        if (content.isEmpty()) {
            if (path.startsWith(ASSETS)
                    || path.substring(path.lastIndexOf('/') + 1).contains(".")) {
                throw Problem.notFound();
            }
            page(ctx);
            return;
        }
        ctx.header("Cache-Control", path.startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache");
        ctx.contentType(typeOf(path)).result(content.get());
    }

    private static void page(Context ctx) throws IOException {
        var page = read(PAGE)
                .orElseThrow(() ->
                        Problem.of(ProblemType.NOT_FOUND, "The console was not built into this hub.", "此程序未包含控制台页面。"));
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType("text/html; charset=utf-8").result(page);
    }

    private static Optional<byte[]> read(String path) throws IOException {
        try (var content = ConsoleRoutes.class.getResourceAsStream(FOLDER + path)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        }
    }

    private static String typeOf(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json", "map" -> "application/json";
            case "webmanifest" -> "application/manifest+json";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "jpg" -> "image/jpeg";
            case "webp" -> "image/webp";
            case "ico" -> "image/x-icon";
            case "woff2" -> "font/woff2";
            case "mp3" -> "audio/mpeg";
            case "ogg" -> "audio/ogg";
            case "txt" -> "text/plain; charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}
