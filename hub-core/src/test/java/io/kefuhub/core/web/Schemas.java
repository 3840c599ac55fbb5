package io.kefuhub.core.web;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Holds answers against the API's document, for the part of JSON Schema that the document uses. Stricter than the
 * schema: a field that is not described is wrong.
 */
public final class Schemas {
    private static final JsonNode DOCUMENT = DocumentRoutes.document();

    private Schemas() {}

    /** What is wrong with an answer of a call; nothing when the document does not know the call. */
    public static List<String> check(String method, String path, int status, JsonNode answer) {
        return operation(method, path)
                .map(operation -> {
                    var documented = operation.path("responses");
                    var named = documented.path(Integer.toString(status));
                    var response = resolved(named.isMissingNode() ? documented.path("default") : named);
                    if (status < 400 && named.isMissingNode()) {
                        return List.of(method + " " + path + " is not documented to answer " + status);
                    }
                    var content = response.path("content");
                    if (content.isEmpty()) return List.<String>of();
                    return check(content.elements().next().path("schema"), answer, method + " " + path);
                })
                .orElse(List.of());
    }

    /** What is wrong with something that a named schema describes. */
    public static List<String> check(String schema, JsonNode value) {
        return check(DOCUMENT.at("/components/schemas/" + schema), value, schema);
    }

    private static Optional<JsonNode> operation(String method, String path) {
        var plain = path.replaceAll("\\?.*", "");
        return DOCUMENT.get("paths").properties().stream()
                .filter(entry -> plain.matches(entry.getKey().replaceAll("\\{[a-z]+}", "[^/]+")))
                .sorted((a, b) -> Integer.compare(braces(a.getKey()), braces(b.getKey())))
                .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(node -> !node.isMissingNode())
                .findFirst();
    }

    private static int braces(String path) {
        return (int) path.chars().filter(c -> c == '{').count();
    }

    private static List<String> check(JsonNode unresolved, JsonNode value, String place) {
        var schema = resolved(unresolved);
        var wrong = new ArrayList<String>();
        if (schema.has("oneOf")) {
            var kind = schema.at("/discriminator/propertyName").asText();
            var target =
                    schema.at("/discriminator/mapping").path(value.path(kind).asText());
            if (target.isMissingNode()) return List.of(place + " has an unknown " + kind + ": " + value);
            return check(referred(target.asText()), value, place);
        }
        if (schema.has("const") && !schema.get("const").equals(value))
            wrong.add(place + " is not " + schema.get("const"));
        if (schema.has("enum")
                && StreamSupport.stream(schema.get("enum").spliterator(), false).noneMatch(value::equals)) {
            wrong.add(place + " is none of " + schema.get("enum") + ": " + value);
        }
        switch (typeOf(schema)) {
            case "object" -> object(schema, value, place, wrong);
            case "array" -> {
                if (!value.isArray()) wrong.add(place + " is no array");
                for (var item : value) wrong.addAll(check(schema.path("items"), item, place + "[]"));
            }
            case "string" -> {
                if (!value.isTextual()) wrong.add(place + " is no string: " + value);
                if (schema.path("format").asText().equals("date-time") && !isTime(value.asText())) {
                    wrong.add(place + " is no time: " + value);
                }
            }
            case "integer" -> {
                if (!value.isIntegralNumber()) wrong.add(place + " is no integer: " + value);
            }
            case "number" -> {
                if (!value.isNumber()) wrong.add(place + " is no number: " + value);
            }
            case "boolean" -> {
                if (!value.isBoolean()) wrong.add(place + " is no boolean: " + value);
            }
            default -> {}
        }
        return wrong;
    }

    private static void object(JsonNode schema, JsonNode value, String place, List<String> wrong) {
        if (!value.isObject()) {
            wrong.add(place + " is no object: " + value);
            return;
        }
        var properties = JsonNodeFactory.instance.objectNode();
        var required = new HashSet<String>();
        collect(schema, properties, required);
        for (var name : required) if (!value.has(name)) wrong.add(place + " lacks " + name);
        for (var field : value.properties()) {
            if (properties.has(field.getKey())) {
                wrong.addAll(check(properties.get(field.getKey()), field.getValue(), place + "." + field.getKey()));
            } else if (schema.path("additionalProperties").isObject()) {
                wrong.addAll(check(schema.get("additionalProperties"), field.getValue(), place + "." + field.getKey()));
            } else if (!schema.path("additionalProperties").asBoolean()
                    && (!properties.isEmpty() || schema.has("additionalProperties"))) {
                wrong.add(place + " has a field that is not described: " + field.getKey());
            }
        }
    }

    private static void collect(JsonNode schema, ObjectNode properties, Set<String> required) {
        for (var part : schema.path("allOf")) collect(resolved(part), properties, required);
        if (schema.path("properties").isObject()) properties.setAll((ObjectNode) schema.get("properties"));
        required.addAll(StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(toSet()));
    }

    private static String typeOf(JsonNode schema) {
        return schema.has("allOf") ? "object" : schema.path("type").asText();
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(referred(node.get("$ref").asText())) : node;
    }

    private static JsonNode referred(String reference) {
        return DOCUMENT.at(reference.substring(1));
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
