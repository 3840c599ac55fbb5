package io.kefuhub.api.kit;

import io.kefuhub.api.web.WebRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds calls from outside. Immutable. */
public record Requests(
        String method,
        String path,
        String rest,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body) {
    public static Requests get(String path) {
        return new Requests("GET", path, "", Map.of(), Map.of(), new byte[0]);
    }

    public static Requests post(String path, String body) {
        return new Requests("POST", path, "", Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    public Requests withRest(String changed) {
        return new Requests(method, path, changed, query, headers, body);
    }

    public Requests withQuery(String name, String value) {
        var copy = new HashMap<>(query);
        copy.put(name, List.of(value));
        return new Requests(method, path, rest, copy, headers, body);
    }

    public Requests withHeader(String name, String value) {
        var copy = new HashMap<>(headers);
        copy.put(name.toLowerCase(Locale.ROOT), value);
        return new Requests(method, path, rest, query, copy, body);
    }

    public Requests withoutHeader(String name) {
        var copy = new HashMap<>(headers);
        copy.remove(name.toLowerCase(Locale.ROOT));
        return new Requests(method, path, rest, query, copy, body);
    }

    public Requests withBody(byte[] changed) {
        return new Requests(method, path, rest, query, headers, changed);
    }

    public Requests withBody(String changed) {
        return withBody(changed.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a call of it; its body can be read once, so every call needs its own. */
    public WebRequest call() {
        return new WebRequest(
                method, path, rest, query, headers, "192.0.2.1", true, "hub.example", new ByteArrayInputStream(body));
    }
}
