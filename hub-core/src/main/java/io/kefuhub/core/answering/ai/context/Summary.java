package io.kefuhub.core.answering.ai.context;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was said so far, in a few slots. Immutable.
 *
 * @param slots texts by name, in the order of {@link #NAMES}; none empty
 */
public record Summary(Map<String, String> slots) {
    static final List<String> NAMES = List.of("intent", "products", "constraints", "promised", "open", "mood");
    private static final int LONGEST = 600;

    static final String SCHEMA = Json.text(Map.of(
            "type",
            "object",
            "properties",
            NAMES.stream().collect(Collectors.toMap(name -> name, _ -> Map.of("type", "string"))),
            "required",
            NAMES,
            "additionalProperties",
            false));

    public Summary {
        slots = Map.copyOf(slots);
    }

    /** Reads what a model or the database says; empty when it says nothing. */
    static Optional<Summary> read(JsonNode said) {
        var slots = new LinkedHashMap<String, String>();
        for (var name : NAMES) {
            var value = said.path(name);
            var text = (value.isArray() ? listed(value) : value.asText("")).strip();
            if (!text.isEmpty()) slots.put(name, text.substring(0, Math.min(LONGEST, text.length())));
        }
        return slots.isEmpty() ? Optional.empty() : Optional.of(new Summary(slots));
    }

    private static String listed(JsonNode values) {
        var texts = new java.util.ArrayList<String>();
        values.forEach(value -> texts.add(value.asText("")));
        return String.join("; ", texts);
    }

    /** As models read it. */
    public String text() {
        return NAMES.stream()
                .filter(slots::containsKey)
                .map(name -> name + ": " + slots.get(name))
                .collect(Collectors.joining("\n"));
    }

    String json() {
        return Json.text(slots).replace("\\u0000", "");
    }
}
