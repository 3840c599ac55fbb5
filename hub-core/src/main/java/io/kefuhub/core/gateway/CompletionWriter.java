package io.kefuhub.core.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kefuhub.api.ai.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes whole answers, field by field. */
final class CompletionWriter {
    private static final int ENVELOPE = 512;

    private CompletionWriter() {}

    static byte[] completion(Answer answer, String text, String finish, Usage usage) {
        var bytes = new ByteArrayOutputStream(ENVELOPE + text.length() * 2);
        try (var json = Fields.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            head(json, answer, "chat.completion");
            json.writeArrayFieldStart("choices");
            json.writeStartObject();
            json.writeNumberField("index", 0);
            json.writeObjectFieldStart("message");
            json.writeStringField("role", "assistant");
            json.writeStringField("content", text);
            json.writeNullField("refusal");
            json.writeEndObject();
            json.writeNullField("logprobs");
            json.writeStringField("finish_reason", finish);
            json.writeEndObject();
            json.writeEndArray();
            usage(json, usage);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void head(JsonGenerator json, Answer answer, String object) throws IOException {
        json.writeStringField("id", answer.id());
        json.writeStringField("object", object);
        json.writeNumberField("created", answer.created());
        json.writeStringField("model", answer.model());
    }

    static void usage(JsonGenerator json, Usage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", usage.input());
        json.writeNumberField("completion_tokens", usage.output());
        json.writeNumberField("total_tokens", usage.input() + usage.output());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", usage.cachedInput());
        json.writeEndObject();
        json.writeObjectFieldStart("completion_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeEndObject();
        json.writeEndObject();
    }
}
