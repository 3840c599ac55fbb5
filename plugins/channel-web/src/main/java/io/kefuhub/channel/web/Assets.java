package io.kefuhub.channel.web;

import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the widget and of the demo shop, from the plugin's own jar. Safe for threads. */
final class Assets {
    private static final Pattern NAME = Pattern.compile("/widget/app/[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");
    /** A name with a hash in it never stands for other bytes. */
    private static final Pattern HASHED = Pattern.compile(".*-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

    private static final String FRAME = "/widget/frame.html";
    private static final String SHOP_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "proto", "text/plain; charset=utf-8");

    private final Map<String, Optional<Asset>> read = new ConcurrentHashMap<>();

    private record Asset(byte[] bytes, String tag, String type) {}

    WebReply loader(WebRequest request) {
        return reply(request, "/widget/widget.js", Map.of("Cross-Origin-Resource-Policy", "cross-origin"));
    }

    WebReply shop(WebRequest request) {
        return reply(request, "/widget/shop.html", Map.of("Content-Security-Policy", SHOP_POLICY));
    }

    /** @param words of the chat window that stand in the place of its own; they go with the page, for its script to read */
    WebReply frame(WebRequest request, String policy, OwnWords words) {
        var headers = Map.of("Content-Security-Policy", policy, "Referrer-Policy", "strict-origin-when-cross-origin");
        if (!words.areThere()) return reply(request, FRAME, headers);
        var page = known(FRAME).map(asset -> new String(asset.bytes(), StandardCharsets.UTF_8));
        if (page.isEmpty()) return WebReply.notFound();
        var own = "<script type=\"application/json\" id=\"own-words\">" + words.inPage() + "</script></head>";
        return reply(
                request,
                FRAME,
                headers,
                asset(FRAME, page.get().replace("</head>", own).getBytes(StandardCharsets.UTF_8)));
    }

    /** Serves a file that a page asks for by its path. */
    WebReply file(WebRequest request) {
        var path = request.path();
        return NAME.matcher(path).matches() ? reply(request, path, Map.of()) : WebReply.notFound();
    }

    private WebReply reply(WebRequest request, String resource, Map<String, String> more) {
        return known(resource)
                .map(asset -> reply(request, resource, more, asset))
                .orElseGet(WebReply::notFound);
    }

    private Optional<Asset> known(String resource) {
        return read.computeIfAbsent(resource, Assets::load);
    }

    private static WebReply reply(WebRequest request, String resource, Map<String, String> more, Asset asset) {
        var headers = new HashMap<>(more);
        headers.put("ETag", asset.tag());
        headers.put(
                "Cache-Control",
                HASHED.matcher(resource).matches() ? "public, max-age=31536000, immutable" : "no-cache");
        if (request.header("if-none-match").filter(asset.tag()::equals).isPresent()) {
            return new WebReply(304, headers, new WebReply.Body.Bytes(new byte[0]));
        }
        headers.put("Content-Type", asset.type());
        return new WebReply(200, headers, new WebReply.Body.Bytes(asset.bytes()));
    }

    private static Optional<Asset> load(String resource) {
        try (var in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) return Optional.empty();
            return Optional.of(asset(resource, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Asset asset(String resource, byte[] bytes) {
        try {
            var hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
            var ending = resource.substring(resource.lastIndexOf('.') + 1);
            return new Asset(bytes, '"' + hash + '"', TYPES.getOrDefault(ending, "application/octet-stream"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
