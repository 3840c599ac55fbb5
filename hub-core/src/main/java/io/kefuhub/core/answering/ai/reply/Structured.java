package io.kefuhub.core.answering.ai.reply;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.web.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a model replied, in fields. Immutable.
 *
 * @param answer what is said to the customer; may be empty when a person is wanted
 * @param kind what the answer is
 * @param handOver whether the model wants a person
 * @param confidence from 0 to 1; empty where the model did not say
 * @param citations the numbers of the passages it draws on
 */
public record Structured(
        String answer, Kind kind, boolean handOver, Optional<Double> confidence, List<Integer> citations) {
    /** What an answer is. */
    public enum Kind {
        ANSWER,
        /** It asks the customer for something. */
        QUESTION,
        /** A greeting, thanks, a farewell. */
        COURTESY
    }

    /** The answer stands first, so that it can be shown while the rest is made. */
    public static final String SCHEMA = schema();

    public Structured {
        citations = List.copyOf(citations);
    }

    /** Reads a whole reply; plain text is an answer. Empty when there is nothing that could be said or done. */
    public static Optional<Structured> read(String reply) {
        var text = reply.strip();
        var object = object(text);
        if (object.isPresent()) return fields(object.get());
        if (text.isEmpty() || text.startsWith("{") || text.startsWith("```json")) return Optional.empty();
        return Optional.of(new Structured(text, plain(text), false, Optional.empty(), List.of()));
    }

    /** What is left of a reply that broke, or was cut at its longest: the text as far as it came. */
    public static Optional<Structured> broken(String reply) {
        var whole = read(reply);
        if (whole.isPresent()) return whole;
        var reader = new StructuredText();
        reader.add(reply);
        var text = reader.text().strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Structured(text, Kind.ANSWER, false, Optional.empty(), List.of()));
    }

    /** The object, also where a model put words or a fence around it. */
    private static Optional<JsonNode> object(String text) {
        var from = text.indexOf('{');
        var to = text.lastIndexOf('}');
        if (from < 0 || to < from) return Optional.empty();
        try {
            return Optional.of(Json.tree(text.substring(from, to + 1)))
                    .filter(node -> node.isObject() && (node.has("answer") || node.has("handover")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Structured> fields(JsonNode object) {
        var answer = object.path("answer").asText("").replace("\0", "").strip();
        var handOver = object.path("handover").asBoolean(false);
        if (answer.isEmpty() && !handOver) return Optional.empty();
        var said = object.path("confidence");
        var confidence = said.isNumber() ? Optional.of(Math.clamp(said.asDouble(), 0, 1)) : Optional.<Double>empty();
        var citations = new ArrayList<Integer>();
        object.path("citations").forEach(one -> {
            var number = one.asText("").replaceAll("\\D", "");
            if (!number.isEmpty() && number.length() < 4) citations.add(Integer.parseInt(number));
        });
        return Optional.of(new Structured(
                answer,
                kind(object.path("kind").asText(""), answer),
                handOver,
                confidence,
                citations.stream().distinct().toList()));
    }

    private static Kind kind(String named, String answer) {
        return switch (named.toLowerCase(Locale.ROOT)) {
            case "question" -> Kind.QUESTION;
            case "courtesy" -> Kind.COURTESY;
            case "answer" -> Kind.ANSWER;
            default -> plain(answer);
        };
    }

    private static Kind plain(String text) {
        return text.endsWith("?") || text.endsWith("？") ? Kind.QUESTION : Kind.ANSWER;
    }

    private static String schema() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("answer", Map.of("type", "string"));
        properties.put("kind", Map.of("type", "string", "enum", List.of("answer", "question", "courtesy")));
        properties.put("handover", Map.of("type", "boolean"));
        properties.put("confidence", Map.of("type", "number"));
        properties.put("citations", Map.of("type", "array", "items", Map.of("type", "string")));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.keySet()));
        schema.put("additionalProperties", false);
        return Json.text(schema);
    }
}
