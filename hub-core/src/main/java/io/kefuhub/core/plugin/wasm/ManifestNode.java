package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object in a manifest; what is unknown or of the wrong type is refused by its name. Immutable. */
record ManifestNode(String where, JsonNode json) {
    /** Says nothing. */
    static final ManifestNode EMPTY = new ManifestNode("", JsonNodeFactory.instance.objectNode());

    private static final int LONGEST = 2_000;

    /** Refuses every field but these, since a misspelt one would do nothing. */
    void mayHave(List<String> fields) throws RefusedException {
        for (var field : json.properties()) {
            if (!fields.contains(field.getKey())) {
                throw new RefusedException(
                        Why.WASM_MANIFEST_UNKNOWN, where + field.getKey(), String.join(", ", fields));
            }
        }
    }

    Optional<String> text(String field) throws RefusedException {
        var value = json.get(field);
        if (value == null) return Optional.empty();
        if (!value.isTextual() || value.textValue().length() > LONGEST) throw wrong(field, "\"…\"");
        return Optional.of(value.textValue());
    }

    Optional<String> oneOf(String field, Set<String> words) throws RefusedException {
        var word = text(field);
        if (word.isPresent() && !words.contains(word.get()))
            throw wrong(field, words.stream().sorted().toList());
        return word;
    }

    Optional<Integer> number(String field, int least, int most) throws RefusedException {
        var value = json.get(field);
        if (value == null) return Optional.empty();
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw wrong(field, least + " … " + most);
        }
        return Optional.of(value.intValue());
    }

    boolean flag(String field, boolean usual) throws RefusedException {
        var value = json.get(field);
        if (value == null) return usual;
        if (!value.isBoolean()) throw wrong(field, "true, false");
        return value.booleanValue();
    }

    List<String> texts(String field) throws RefusedException {
        var texts = new ArrayList<String>();
        var value = json.get(field);
        if (value == null) return texts;
        if (!value.isArray()) throw wrong(field, "[\"…\"]");
        for (var one : value) {
            if (!one.isTextual()) throw wrong(field, "[\"…\"]");
            texts.add(one.textValue());
        }
        return texts;
    }

    Optional<ManifestNode> object(String field) throws RefusedException {
        var value = json.get(field);
        if (value == null) return Optional.empty();
        if (!value.isObject()) throw wrong(field, "{…}");
        return Optional.of(new ManifestNode(where + field + ".", value));
    }

    List<ManifestNode> objects(String field) throws RefusedException {
        var objects = new ArrayList<ManifestNode>();
        var value = json.get(field);
        if (value == null) return objects;
        if (!value.isArray()) throw wrong(field, "[{…}]");
        for (var one : value) {
            if (!one.isObject()) throw wrong(field, "[{…}]");
            objects.add(new ManifestNode(where + field + "[" + objects.size() + "].", one));
        }
        return objects;
    }

    /** Texts by name; numbers and flags as they are written. */
    Map<String, String> values(String field) throws RefusedException {
        var values = new HashMap<String, String>();
        var value = json.get(field);
        if (value == null) return values;
        if (!value.isObject()) throw wrong(field, "{\"…\": \"…\"}");
        for (var one : value.properties()) {
            if (!one.getValue().isValueNode() || one.getValue().isNull()) throw wrong(field, "{\"…\": \"…\"}");
            values.put(one.getKey(), one.getValue().asText());
        }
        return values;
    }

    /** A text, which is then English, or one for each language. */
    Map<Language, String> words(String field) throws RefusedException {
        var value = json.get(field);
        if (value != null && value.isTextual())
            return Map.of(Language.EN, text(field).orElse(""));
        var words = new HashMap<Language, String>();
        for (var one : values(field).entrySet()) {
            try {
                words.put(new Language(one.getKey()), one.getValue());
            } catch (IllegalArgumentException _) {
                throw wrong(field, "{\"en\": \"…\", \"zh-CN\": \"…\"}");
            }
        }
        return words;
    }

    RefusedException wrong(String field, Object expected) {
        return new RefusedException(Why.WASM_MANIFEST, where + field, json.path(field), expected);
    }
}
