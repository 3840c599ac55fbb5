package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Http;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that a module wants the hub to make. It names settings as {@code {{api-key}}} in the address and in headers; the
 * hub puts their values in, so that no secret ever enters a module. Immutable.
 */
record HttpOrder(String method, String url, Map<String, String> headers, String body) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z][a-z0-9-]*)}}");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final String JSON = "application/json";

    HttpOrder {
        headers = Map.copyOf(headers);
    }

    static HttpOrder read(AnswerNode node) {
        var method = node.text("method", "POST").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) throw AnswerNode.wrong("its method is none of HTTP's");
        var body = node.json().path("body");
        return new HttpOrder(
                method,
                node.text("url", ""),
                node.values("headers"),
                body.isMissingNode() ? "" : body.isTextual() ? body.textValue() : body.toString());
    }

    HttpOrder withBody(String next) {
        return new HttpOrder(method, url, headers, next);
    }

    Http.Request request(Map<String, String> settings, Duration limit) {
        var filled = new HashMap<String, String>();
        headers.forEach((name, value) -> filled.put(name, fill(value, settings, UnaryOperator.identity())));
        var address = fill(url, settings, HttpOrder::inAddress);
        var mime = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(JSON);
        filled.keySet().removeIf(name -> name.equalsIgnoreCase("content-type"));
        return new Http.Request(
                method,
                uri(address),
                filled,
                body.isEmpty() ? new Http.Body.None() : new Http.Body.Text(mime, body),
                limit);
    }

    /** An address of a setting stands as it is where the order begins with it; elsewhere a value is escaped. */
    private static String inAddress(String value) {
        return value.startsWith("http://") || value.startsWith("https://")
                ? value.replaceFirst("/+$", "")
                : URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String fill(String text, Map<String, String> settings, UnaryOperator<String> written) {
        return PLACE.matcher(text).replaceAll(found -> {
            var value = settings.get(found.group(1));
            if (value == null) throw AnswerNode.wrong("it names a setting that is not there: " + found.group(1));
            return Matcher.quoteReplacement(written.apply(value));
        });
    }

    private static URI uri(String address) {
        try {
            var uri = URI.create(address);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())))
                return uri;
        } catch (IllegalArgumentException e) {
            // Said below, without the address, which may hold a key.
        }
        throw AnswerNode.wrong("its url is none");
    }

    /** An answer as a module reads it. */
    static ObjectNode response(Http.Outcome outcome) {
        var node = JsonNodeFactory.instance.objectNode();
        switch (outcome) {
            case Http.Outcome.Answered(var status, var headers, var body) -> {
                node.put("status", status);
                var all = node.putObject("headers");
                headers.forEach((name, values) ->
                        all.put(name.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.getFirst()));
                node.put("body", body);
            }
            case Http.Outcome.NotAllowed(var host) -> node.put("failed", "the host " + host + " is not allowed");
            case Http.Outcome.Failed(var dispatched, var reason) ->
                node.put("failed", reason).put("dispatched", dispatched);
            case Http.Outcome.TimedOut(var dispatched) ->
                node.put("failed", "no answer in time").put("dispatched", dispatched);
            case Http.Outcome.Cancelled(var dispatched) ->
                node.put("failed", "cancelled").put("dispatched", dispatched);
        }
        return node;
    }
}
