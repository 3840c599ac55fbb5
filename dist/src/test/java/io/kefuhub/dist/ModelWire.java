package io.kefuhub.dist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;

/** How a provider speaks: where it is asked, what it calls what was said, and how it streams an answer. */
enum ModelWire {
    OPENAI(
            "/openai/v1",
            "messages",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":9}}\n\ndata: [DONE]\n\n",
            "{\"object\":\"list\",\"data\":[{\"id\":\"stub\"}]}"),
    ANTHROPIC(
            "/anthropic",
            "messages",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":%s}}\n\n",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                    + "\"usage\":{\"input_tokens\":40,\"output_tokens\":9}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            "{\"data\":[{\"type\":\"model\",\"id\":\"stub\"}]}"),
    GEMINI(
            "/gemini/v1beta",
            "contents",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":%s}],\"role\":\"model\"},\"index\":0}]}\n\n",
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"STOP\"}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":40,\"candidatesTokenCount\":9,\"totalTokenCount\":49}}\n\n",
            "{\"models\":[{\"name\":\"models/stub\"}]}"),
    OLLAMA(
            "/ollama",
            "messages",
            "{\"model\":\"stub\",\"message\":{\"role\":\"assistant\",\"content\":%s},\"done\":false}\n",
            "{\"model\":\"stub\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
                    + "\"prompt_eval_count\":40,\"eval_count\":9}\n",
            "{\"models\":[{\"name\":\"stub:latest\"}]}");

    private static final ObjectMapper JSON = new ObjectMapper();

    final String path;

    /** The field with what was said so far. */
    final String said;

    /** The answer to who asks what models there are. */
    final String models;

    private final String piece;
    private final String end;

    ModelWire(String path, String said, String piece, String end, String models) {
        this.path = path;
        this.said = said;
        this.piece = piece;
        this.end = end;
        this.models = models;
    }

    /** As its plugin, its offer and its deployment are called. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String jar() {
        return "ai-" + key() + "-1.0.0.jar";
    }

    String piece(String text) {
        try {
            return piece.formatted(JSON.writeValueAsString(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String end() {
        return end;
    }

    /** What is no progress. */
    String idle() {
        return this == OLLAMA ? "\n" : ": keep-alive\n\n";
    }

    String type() {
        return this == OLLAMA ? "application/x-ndjson" : "text/event-stream";
    }
}
