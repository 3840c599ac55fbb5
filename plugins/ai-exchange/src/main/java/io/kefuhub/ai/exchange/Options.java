package io.kefuhub.ai.exchange;

import io.kefuhub.api.ai.AiRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Further fields of a question. Immutable.
 *
 * @param schema what the answer is to look like, as JSON schema
 */
public record Options(Map<String, Object> fields, Optional<JsonObject> schema) {
    private static final String SCHEMA = "json_schema";

    /** What is said by the question itself. */
    private static final Set<String> TAKEN =
            Set.of("model", "messages", "contents", "system", "systemInstruction", "stream", "stream_options");

    /** What a question may cost is the hub's to say. */
    private static final Set<String> LIMITS = Set.of(
            "max_tokens", "max_completion_tokens", "maxOutputTokens", "num_predict", "n", "best_of", "candidateCount");

    public Options {
        fields = Map.copyOf(fields);
    }

    public static Options of(AiRequest request) throws UnfitException {
        var fields = new LinkedHashMap<String, Object>();
        for (var option : request.options().entrySet()) {
            if (TAKEN.contains(option.getKey())) throw new UnfitException("no option may be called " + option.getKey());
            var value = Json.value(option.getValue());
            if (value.isEmpty()) throw new UnfitException("the option " + option.getKey() + " is no JSON");
            if (!option.getKey().equals(SCHEMA)) mustNotLimit(option.getKey(), value.get());
            fields.put(option.getKey(), value.get());
        }
        var schema = Optional.ofNullable(fields.remove(SCHEMA));
        if (schema.isPresent() && !(schema.get() instanceof JsonObject)) {
            throw new UnfitException("the option " + SCHEMA + " is no JSON object");
        }
        return new Options(fields, schema.map(JsonObject.class::cast));
    }

    private static void mustNotLimit(String name, Object value) throws UnfitException {
        var isLimit = LIMITS.contains(name)
                || value instanceof JsonObject(var members)
                        && members.keySet().stream().anyMatch(LIMITS::contains);
        if (isLimit)
            throw new UnfitException("the option " + name + " says how long an answer is, as the question does");
    }

    /** Puts the fields into a body; an object joins one that is there already, everything else replaces it. */
    public void addTo(Map<String, Object> body) {
        fields.forEach((name, value) -> {
            if (value instanceof JsonObject(var members) && body.get(name) instanceof Map<?, ?> there) {
                var joined = new LinkedHashMap<String, Object>();
                there.forEach((key, old) -> joined.put(String.valueOf(key), old));
                joined.putAll(members);
                body.put(name, joined);
            } else {
                body.put(name, value);
            }
        });
    }

    /** Returns what stands before the conversation, with the schema in words for models that know it in no other way. */
    public String inWords(String system) {
        if (schema.isEmpty()) return system;
        var words =
                "Answer with one JSON object and nothing else, after this JSON schema:\n" + Json.write(schema.get());
        return system.isBlank() ? words : system + "\n\n" + words;
    }
}
