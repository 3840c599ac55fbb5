package io.kefuhub.bench.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.bench.JsonWire;

/**
 * One event of a conversation as agents see it; what there is nothing of is empty. Immutable.
 *
 * @param seq 0 for what the customer does not see
 * @param author who speaks
 * @param text what is said; else the mode, or up to where was read
 */
record Line(long feed, long seq, String kind, String messageId, String author, String text) {
    static Line of(JsonNode event) {
        var kind = event.path("kind").asText();
        var message = event.path("message");
        var text = switch (kind) {
            case "message", "message.updated" -> JsonWire.text(message.path("parts"));
            case "state" -> event.path("mode").asText();
            case "read" -> event.path("by").asText() + " " + event.path("upTo").asText();
            default -> "";
        };
        return new Line(
                event.path("feed").asLong(),
                event.path("seq").asLong(),
                kind,
                message.path("id").asText(),
                message.path("author").path("kind").asText(),
                text);
    }
}
