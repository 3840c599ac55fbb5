package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import java.util.Optional;

/** Text that should be JSON, which in this platform's calls often lies inside JSON. */
final class Trees {
    private Trees() {}

    static Optional<ObjectNode> object(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static Optional<ArrayNode> array(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ArrayNode array ? Optional.of(array) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The content of a message; empty when it is none. */
    static ObjectNode content(String text) {
        return object(text).orElseGet(Json::object);
    }
}
