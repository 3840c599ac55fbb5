package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What comes back from services and platforms that nobody wishes for. */
final class Responses {
    /** None of these is a success. */
    static final List<JsonNode> FAILED = List.of(
            status(500, "<html><body>Internal Server Error</body></html>"),
            status(503, ""),
            status(404, "{}"),
            status(400, "{\"error\":\"bad request\"}"),
            JsonNodeFactory.instance
                    .objectNode()
                    .put("failed", "no answer in time")
                    .put("dispatched", true));

    private Responses() {}

    static ObjectNode status(int status, String body) {
        var response = JsonNodeFactory.instance.objectNode().put("status", status);
        response.putObject("headers");
        return response.put("body", body);
    }

    /** The same question, with what came back. */
    static ObjectNode after(ObjectNode question, JsonNode response) {
        var again = question.deepCopy();
        again.set("response", response);
        return again;
    }
}
