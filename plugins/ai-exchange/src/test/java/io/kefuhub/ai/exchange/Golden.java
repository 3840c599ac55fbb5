package io.kefuhub.ai.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reply of a provider's, as its documentation describes it: status, headers, a blank line, the body. Immutable.
 */
public record Golden(int status, Map<String, String> headers, String body) {
    public Golden {
        headers = Map.copyOf(headers);
    }

    /** Reads {@code replies/NAME.txt} of the test that asks. */
    public static Golden of(Class<?> test, String name) {
        var text = text(test, "/replies/" + name + ".txt");
        var end = text.indexOf("\n\n");
        var head = text.substring(0, end).lines().toList();
        var headers = new LinkedHashMap<String, String>();
        for (var line : head.subList(1, head.size())) {
            var colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Golden(Integer.parseInt(head.getFirst()), headers, text.substring(end + 2));
    }

    static String text(Class<?> test, String path) {
        try (var in = test.getResourceAsStream(path)) {
            if (in == null) throw new IllegalArgumentException("no such file: " + path);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Golden withBody(String other) {
        return new Golden(status, headers, other);
    }

    Golden withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Golden(status, more, body);
    }

    /** Returns the body up to somewhere in its middle, behind some text. */
    Golden half() {
        return withBody(body.substring(0, body.length() * 3 / 5));
    }
}
