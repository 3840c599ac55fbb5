package io.kefuhub.core.conversation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The message that another one replies to, as it stood then; kept with the reply, so that showing it asks for nothing
 * more. Immutable.
 *
 * @param name what customers call the agent who said it; empty for the others
 * @param text its beginning, or the name of its file; empty when it has neither
 */
public record Quote(MessageId id, Speaker.Kind author, String name, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 200;

    public static Quote of(StoredMessage message) {
        return new Quote(
                message.id(), message.speaker().kind(), message.speaker().name(), beginning(message));
    }

    private static String beginning(StoredMessage message) {
        if (message.state() == MessageState.TAKEN_BACK) return "";
        var text = new Message(message.shown()).text();
        if (text.isBlank()) {
            text = message.parts().stream()
                    .filter(Part.Media.class::isInstance)
                    .map(part -> ((Part.Media) part).file().name())
                    .findFirst()
                    .orElse("");
        }
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id.toString())
                .put("author", author.name())
                .put("name", name)
                .put("text", text)
                .toString();
    }

    static Quote read(String json) {
        try {
            var node = JSON.readTree(json);
            return new Quote(
                    MessageId.parse(node.path("id").asText()),
                    Speaker.Kind.valueOf(node.path("author").asText()),
                    node.path("name").asText(),
                    node.path("text").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
