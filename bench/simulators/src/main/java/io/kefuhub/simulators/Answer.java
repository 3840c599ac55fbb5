package io.kefuhub.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a call is answered with. Immutable. */
public record Answer(int status, String type, Map<String, String> headers, Body body) {
    public sealed interface Body {
        record Text(String value) implements Body {}

        record File(Shelf.Item item) implements Body {}
    }

    public static Answer json(JsonNode value) {
        return json(200, value);
    }

    public static Answer json(int status, JsonNode value) {
        return new Answer(status, "application/json; charset=utf-8", Map.of(), new Body.Text(value.toString()));
    }

    public static Answer text(int status, String type, String value) {
        return new Answer(status, type, Map.of(), new Body.Text(value));
    }

    public static Answer file(Shelf.Item item) {
        return new Answer(200, item.type(), Map.of(), new Body.File(item));
    }

    public static Answer html(int status) {
        return text(status, "text/html; charset=utf-8", "<html><body><h1>" + status + "</h1></body></html>");
    }

    public Answer withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, type, more, body);
    }

    String shown() {
        return switch (body) {
            case Body.Text(var value) -> value;
            case Body.File(var item) -> "(" + item.name() + ", " + item.size() + " bytes)";
        };
    }
}
