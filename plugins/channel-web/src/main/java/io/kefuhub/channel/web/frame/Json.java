package io.kefuhub.channel.web.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON. A member that is {@code null} counts as absent. */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The default pool hangs buffers on the hub's threads, which would keep this plugin's classes alive.
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(24)
                    .maxStringLength(128 * 1024)
                    .build())
            .build();

    private Json() {}

    /** Reads exactly one object and nothing after it. */
    public static JsonObject read(String text) throws BadFrame {
        try (var parser = FACTORY.createParser(text)) {
            return whole(parser);
        } catch (IOException e) {
            throw BadFrame.malformed("not JSON");
        }
    }

    /** Reads exactly one object, in UTF-8, and nothing after it. */
    public static JsonObject read(byte[] bytes) throws BadFrame {
        return read(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Writes whatever the writer writes. */
    public static String write(Writer writer) {
        var text = new StringWriter(256);
        try (var json = FACTORY.createGenerator(text)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes one document. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    private static JsonObject whole(JsonParser parser) throws IOException, BadFrame {
        if (parser.nextToken() != JsonToken.START_OBJECT) throw BadFrame.malformed("not a JSON object");
        var object = object(parser);
        if (parser.nextToken() != null) throw BadFrame.malformed("something follows the JSON object");
        return object;
    }

    private static JsonObject object(JsonParser parser) throws IOException, BadFrame {
        var members = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) members.put(name, value(parser));
        }
        return new JsonObject(members);
    }

    private static List<Object> array(JsonParser parser) throws IOException, BadFrame {
        var items = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NULL) throw BadFrame.malformed("null in a list");
            items.add(value(parser));
        }
        return items;
    }

    private static Object value(JsonParser parser) throws IOException, BadFrame {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw BadFrame.malformed("not JSON");
        };
    }

    /** Copies a text map into an object under a name. */
    public static void writeMap(JsonGenerator json, String name, Map<String, String> map) throws IOException {
        json.writeObjectFieldStart(name);
        for (var entry : map.entrySet()) json.writeStringField(entry.getKey(), entry.getValue());
        json.writeEndObject();
    }
}
