package io.kefuhub.core.plugin.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object in a case file; what is missing, unknown or of the wrong type is refused by its place and name. Immutable.
 *
 * @param where file and case, as a refusal names them
 */
record CaseNode(String where, JsonNode json) {
    static CaseNode of(String file, JsonNode json) throws RefusedException {
        if (!json.isObject()) throw new RefusedException(Why.CASES_NOT_JSON, file, 1);
        return new CaseNode(file, json);
    }

    /** Refuses every field but these, since a misspelt one would be no check at all. */
    void mayHave(String... fields) throws RefusedException {
        var known = Set.of(fields);
        for (var field : json.properties()) {
            if (!known.contains(field.getKey())) throw new RefusedException(Why.CASE_UNKNOWN, where, field.getKey());
        }
    }

    boolean has(String field) {
        return json.has(field);
    }

    String text(String field) throws RefusedException {
        if (!has(field)) throw new RefusedException(Why.CASE_LACKS, where, field);
        return find(field).orElse("");
    }

    Optional<String> find(String field) throws RefusedException {
        if (!has(field)) return Optional.empty();
        return Optional.of(text(field, json.get(field)));
    }

    /** An object that must be there. */
    CaseNode object(String field) throws RefusedException {
        if (!has(field)) throw new RefusedException(Why.CASE_LACKS, where, field);
        var value = json.get(field);
        if (!value.isObject()) throw unusable(field, value, "{…}");
        return new CaseNode(where, value);
    }

    Optional<CaseNode> findObject(String field) throws RefusedException {
        return has(field) ? Optional.of(object(field)) : Optional.empty();
    }

    List<CaseNode> objects(String field) throws RefusedException {
        var objects = new ArrayList<CaseNode>();
        for (var value : array(field)) {
            if (!value.isObject()) throw unusable(field, value, "[{…}]");
            objects.add(new CaseNode(where + " #" + (objects.size() + 1), value));
        }
        return objects;
    }

    List<String> texts(String field) throws RefusedException {
        var texts = new ArrayList<String>();
        for (var value : array(field)) texts.add(text(field, value));
        return texts;
    }

    /** Texts by name; numbers and flags as they are written. */
    Map<String, String> values(String field) throws RefusedException {
        var values = new HashMap<String, String>();
        if (!has(field)) return values;
        for (var one : object(field).json.properties()) {
            if (!one.getValue().isValueNode() || one.getValue().isNull()) {
                throw unusable(one.getKey(), one.getValue(), "\"…\"");
            }
            values.put(one.getKey(), one.getValue().asText());
        }
        return values;
    }

    private JsonNode array(String field) throws RefusedException {
        var value = json.path(field);
        if (!value.isArray() && has(field)) throw unusable(field, value, "[…]");
        return value;
    }

    private String text(String field, JsonNode value) throws RefusedException {
        if (!value.isTextual()) throw unusable(field, value, "\"…\"");
        return value.textValue();
    }

    RefusedException unusable(String field, Object value, String expected) {
        return new RefusedException(Why.CASE_UNUSABLE, where, field, value, expected);
    }
}
