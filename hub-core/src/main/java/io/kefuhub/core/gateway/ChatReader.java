package io.kefuhub.core.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kefuhub.core.models.ModelQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a program asks, token by token. One call, one thread.
 *
 * <p>What OpenAI knows and the hub can keep is kept; what only helps OpenAI itself is left aside; what would change the
 * answer and cannot be kept is refused, and so is what nobody knows.
 */
final class ChatReader {
    /** What a program that says nothing gets; what OpenAI's own interface takes then. */
    private static final double TEMPERATURE = 1;

    private static final int MOST_TOKENS = 1 << 17;
    /** Sent on to the model as they are, unless they say nothing. */
    private static final Map<String, Set<String>> SENT_ON = Map.of(
            "top_p", Set.of("1", "1.0"),
            "frequency_penalty", Set.of("0", "0.0"),
            "presence_penalty", Set.of("0", "0.0"),
            "logit_bias", Set.of("{}"),
            "stop", Set.of("[]"),
            "seed", Set.of(),
            "reasoning_effort", Set.of(),
            "verbosity", Set.of());
    /** Of no consequence for the answer. */
    private static final Set<String> LEFT_ASIDE = Set.of(
            "user",
            "metadata",
            "service_tier",
            "parallel_tool_calls",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier");
    /** Known to OpenAI and not to the hub; by what they may say nevertheless. */
    private static final Map<String, Set<String>> UNSUPPORTED = Map.ofEntries(
            Map.entry("tools", Set.of("[]")),
            Map.entry("tool_choice", Set.of("\"none\"", "\"auto\"")),
            Map.entry("functions", Set.of("[]")),
            Map.entry("function_call", Set.of("\"none\"", "\"auto\"")),
            Map.entry("logprobs", Set.of("false")),
            Map.entry("top_logprobs", Set.of("0")),
            Map.entry("store", Set.of("false")),
            Map.entry("modalities", Set.of("[\"text\"]")),
            Map.entry("audio", Set.of()),
            Map.entry("prediction", Set.of()),
            Map.entry("web_search_options", Set.of()));

    private final JsonParser json;
    private final MessagesReader messages;
    private final Map<String, String> options = new HashMap<>();
    private @Nullable String model;
    private int maxTokens = ModelQuestion.USUAL_MAX_TOKENS;
    private double temperature = TEMPERATURE;
    private boolean stream;
    private boolean withUsage;

    private ChatReader(JsonParser json) {
        this.json = json;
        this.messages = new MessagesReader(json);
    }

    /** Reads a body to its end. */
    static ChatCall read(InputStream body) throws IOException {
        try (var json = Fields.JSON.createParser(body)) {
            var reader = new ChatReader(json);
            reader.read();
            // To the last byte, so that the server knows the call as read.
            if (json.nextToken() != null) throw Wrong.value("body", "one JSON object only.", "只能是一个 JSON 对象。");
            return reader.call();
        } catch (JacksonException e) {
            throw Wrong.json(e);
        }
    }

    private void read() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) throw Wrong.value("body", "a JSON object.", "应为 JSON 对象。");
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) take(field.get());
    }

    private ChatCall call() {
        if (model == null) throw Wrong.missing("model");
        var said = messages.said();
        return new ChatCall(model, said.system(), said.turns(), maxTokens, temperature, stream, withUsage, options);
    }

    private void take(String field) throws IOException {
        if (Fields.isNull(json) && !field.equals("model") && !field.equals("messages")) {
            if (!isKnown(field)) throw Wrong.unknown(field);
            return;
        }
        switch (field) {
            case "model" -> model = Fields.text(json, field);
            case "messages" -> messages.read();
            case "max_tokens", "max_completion_tokens" -> maxTokens = Fields.whole(json, field, 1, MOST_TOKENS);
            case "temperature" -> temperature = Fields.number(json, field, 0, 2);
            case "stream" -> stream = Fields.truth(json, field);
            case "stream_options" -> streamOptions();
            case "response_format" -> responseFormat();
            case "n" -> {
                if (Fields.whole(json, field, 1, 128) != 1) throw Wrong.value(field, "only 1 is supported.", "仅支持 1。");
            }
            default -> other(field);
        }
    }

    private static boolean isKnown(String field) {
        return switch (field) {
            case "max_tokens",
                    "max_completion_tokens",
                    "temperature",
                    "stream",
                    "stream_options",
                    "response_format",
                    "n" -> true;
            default -> SENT_ON.containsKey(field) || UNSUPPORTED.containsKey(field) || LEFT_ASIDE.contains(field);
        };
    }

    private void other(String field) throws IOException {
        if (LEFT_ASIDE.contains(field)) {
            json.skipChildren();
        } else if (SENT_ON.containsKey(field)) {
            var value = Fields.raw(json);
            if (!SENT_ON.get(field).contains(value)) options.put(field, value);
        } else if (UNSUPPORTED.containsKey(field)) {
            if (!UNSUPPORTED.get(field).contains(Fields.raw(json))) throw Wrong.unsupported(field);
        } else {
            throw Wrong.unknown(field);
        }
    }

    private void streamOptions() throws IOException {
        Fields.object(json, "stream_options");
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) {
            switch (field.get()) {
                case "include_usage" -> withUsage = Fields.truth(json, "stream_options.include_usage");
                case "include_obfuscation" -> json.skipChildren();
                default -> throw Wrong.unknown("stream_options." + field.get());
            }
        }
    }

    private void responseFormat() throws IOException {
        Fields.object(json, "response_format");
        String type = null;
        String schema = null;
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) {
            switch (field.get()) {
                case "type" -> type = Fields.text(json, "response_format.type");
                case "json_schema" -> schema = schema();
                default -> throw Wrong.unknown("response_format." + field.get());
            }
        }
        if (type == null) throw Wrong.missing("response_format.type");
        switch (type) {
            case "text" -> {}
            case "json_object" -> options.put("json_schema", "{\"type\":\"object\"}");
            case "json_schema" -> {
                if (schema == null) throw Wrong.missing("response_format.json_schema.schema");
                options.put("json_schema", schema);
            }
            default ->
                throw Wrong.value(
                        "response_format.type",
                        "text, json_object or json_schema.",
                        "应为 text、json_object 或 json_schema。");
        }
    }

    /** The schema itself; its name and whether it is strict are the provider's own matter. */
    private @Nullable String schema() throws IOException {
        Fields.object(json, "response_format.json_schema");
        String schema = null;
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) {
            switch (field.get()) {
                case "schema" -> {
                    Fields.object(json, "response_format.json_schema.schema");
                    schema = Fields.raw(json);
                }
                case "name", "description", "strict" -> json.skipChildren();
                default -> throw Wrong.unknown("response_format.json_schema." + field.get());
            }
        }
        return schema;
    }
}
