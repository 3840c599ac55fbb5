package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * One frame that came over the connection. Immutable.
 *
 * @param command empty for an answer to a frame of ours
 * @param id that answers bear, too
 * @param code of an answer; 0 for well done
 */
record Frame(String command, String id, long code, String message, JsonObject body) {
    static final String MESSAGE = "aibot_msg_callback";
    static final String EVENT = "aibot_event_callback";

    /** Whether it tells something; else it answers a frame of ours. */
    boolean isCallback() {
        return command.equals(MESSAGE) || command.equals(EVENT);
    }

    /** Reads a frame; empty when it is none. */
    static Optional<Frame> read(String text) {
        return Json.object(text)
                // The platform lets control characters of customers through, which JSON does not allow.
                .or(() -> Json.object(text.replaceAll("[\\x00-\\x1F\\x7F]", "")))
                .map(json -> new Frame(
                        json.text("cmd", ""),
                        json.object("headers").orElse(JsonObject.EMPTY).text("req_id", ""),
                        json.signed("errcode", 0),
                        json.text("errmsg", ""),
                        json.object("body").orElse(JsonObject.EMPTY)));
    }

    static String written(String command, String id, Map<String, Object> body) {
        var headers = Map.of("req_id", id);
        return body.isEmpty()
                ? Json.write(Map.of("cmd", command, "headers", headers))
                : Json.write(Map.of("cmd", command, "headers", headers, "body", body));
    }
}
