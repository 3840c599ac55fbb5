package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.util.Base64;
import java.util.Optional;

/** What a client says about an event it got. The data is its answer to a callback; empty for an event. */
record Acknowledgement(int code, JsonNode data) {
    boolean good() {
        return code == 200;
    }

    static Optional<Acknowledgement> read(Frame frame) {
        var payload = Trees.object(new String(frame.payload(), UTF_8));
        if (payload.isEmpty() || !payload.get().path("code").isInt()) return Optional.empty();
        return Optional.of(new Acknowledgement(payload.get().path("code").asInt(), data(payload.get())));
    }

    private static JsonNode data(JsonNode payload) {
        try {
            var text =
                    new String(Base64.getDecoder().decode(payload.path("data").asText("")), UTF_8);
            return Trees.content(text);
        } catch (IllegalArgumentException e) {
            return Json.object();
        }
    }
}
