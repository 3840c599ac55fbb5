package io.kefuhub.channel.wecom.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as a tree of {@link JsonObject}, lists, texts, whole and broken numbers and booleans. A
 * {@code null} counts as absent.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // The default pool hangs buffers on the hub's threads, which would keep this plugin's classes alive.
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    private Json() {}

    /** Reads one object and nothing after it; empty when the text is anything else. */
    public static Optional<JsonObject> object(String text) {
        return value(text).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** Reads one value other than {@code null} and nothing after it; empty when the text is anything else. */
    public static Optional<Object> value(String text) {
        try (var parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) return Optional.empty();
            var value = value(parser);
            return parser.nextToken() == null ? Optional.ofNullable(value) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> null;
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            var value = value(parser);
            if (value != null) members.put(name, value);
        }
        return new JsonObject(members);
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        var items = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var value = value(parser);
            if (value != null) items.add(value);
        }
        return items;
    }

    /** Writes a tree; a plain map is an object too. */
    public static String write(Object tree) {
        var text = new StringWriter(1024);
        try (var json = FACTORY.createGenerator(text)) {
            write(json, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case JsonObject(var members) -> write(json, members);
            case Map<?, ?> members -> {
                json.writeStartObject();
                for (var member : members.entrySet()) {
                    json.writeFieldName(String.valueOf(member.getKey()));
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case List<?> items -> {
                json.writeStartArray();
                for (var item : items) write(json, item);
                json.writeEndArray();
            }
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
        }
    }
}
