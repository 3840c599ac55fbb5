package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object in what a module answers; whatever is not as agreed is a {@link WasmFault}. Immutable. */
record AnswerNode(JsonNode json) {
    static AnswerNode read(byte[] output) {
        try {
            var tree = Json.read(output, JsonNode.class);
            if (tree.isObject()) return new AnswerNode(tree);
        } catch (IOException e) {
            // Said below.
        }
        throw wrong("its answer is no JSON object");
    }

    boolean has(String field) {
        return json.has(field);
    }

    Optional<AnswerNode> object(String field) {
        var value = json.get(field);
        if (value == null) return Optional.empty();
        if (!value.isObject()) throw wrong("its " + field + " is no object");
        return Optional.of(new AnswerNode(value));
    }

    List<AnswerNode> objects(String field) {
        var value = json.get(field);
        if (value == null) return List.of();
        var objects = new ArrayList<AnswerNode>();
        for (var one : value) {
            if (!one.isObject()) throw wrong("its " + field + " are no list of objects");
            objects.add(new AnswerNode(one));
        }
        return objects;
    }

    String text(String field, String usual) {
        var value = json.get(field);
        if (value == null) return usual;
        if (!value.isTextual()) throw wrong("its " + field + " is no text");
        return value.textValue();
    }

    long number(String field, long usual) {
        var value = json.get(field);
        if (value == null) return usual;
        if (!value.canConvertToLong() || value.longValue() < 0) throw wrong("its " + field + " is no whole number");
        return value.longValue();
    }

    boolean flag(String field) {
        var value = json.get(field);
        if (value == null) return false;
        if (!value.isBoolean()) throw wrong("its " + field + " is neither true nor false");
        return value.booleanValue();
    }

    List<String> texts(String field) {
        var value = json.get(field);
        if (value == null) return List.of();
        var texts = new ArrayList<String>();
        for (var one : value) {
            if (!one.isTextual()) throw wrong("its " + field + " are no list of texts");
            texts.add(one.textValue());
        }
        if (!value.isArray()) throw wrong("its " + field + " are no list of texts");
        return texts;
    }

    Map<String, String> values(String field) {
        var values = new HashMap<String, String>();
        var value = json.get(field);
        if (value == null) return values;
        if (!value.isObject()) throw wrong("its " + field + " are no texts by name");
        for (var one : value.properties()) {
            if (!one.getValue().isTextual()) throw wrong("its " + field + " are no texts by name");
            values.put(one.getKey(), one.getValue().textValue());
        }
        return values;
    }

    static WasmFault wrong(String what) {
        return new WasmFault(WasmFault.Kind.ANSWER, what);
    }
}
