package io.kefuhub.core.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How the parts of a message are kept: a JSON array of objects told apart by {@code type}. */
public final class PartsJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();

    private PartsJson() {}

    public static String write(List<Part> parts) {
        var text = new StringWriter(64);
        try (var out = JSON.createGenerator(text)) {
            out.writeStartArray();
            for (var part : parts) write(out, part);
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Part part) throws IOException {
        out.writeStartObject();
        switch (part) {
            case Part.Text(var value) -> {
                out.writeStringField("type", "text");
                out.writeStringField("text", storable(value));
            }
            case Part.Media(var kind, var file) -> {
                out.writeStringField("type", "file");
                out.writeStringField("kind", kind.name());
                out.writeStringField("fileId", file.id());
                out.writeStringField("name", storable(file.name()));
                out.writeStringField("mime", file.mime());
                out.writeNumberField("size", file.size());
            }
            case Part.Menu(var text, var options) -> {
                out.writeStringField("type", "menu");
                out.writeStringField("text", storable(text));
                out.writeArrayFieldStart("options");
                for (var option : options) {
                    out.writeStartObject();
                    out.writeStringField("id", option.id());
                    out.writeStringField("text", storable(option.text()));
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
            case Part.Unsupported(var platformType) -> {
                out.writeStringField("type", "unsupported");
                out.writeStringField("platformType", storable(platformType));
            }
        }
        out.writeEndObject();
    }

    public static List<Part> read(String json) {
        try {
            var parts = new ArrayList<Part>();
            for (var node : TREES.readTree(json)) parts.add(read(node));
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Part read(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "text" -> new Part.Text(node.path("text").asText());
            case "file" ->
                new Part.Media(
                        Part.Media.Kind.valueOf(node.path("kind").asText()),
                        new StoredFile(
                                node.path("fileId").asText(),
                                node.path("name").asText(),
                                node.path("mime").asText(),
                                node.path("size").asLong()));
            case "menu" -> {
                var options = new ArrayList<Part.Menu.Option>();
                for (var option : node.path("options")) {
                    options.add(new Part.Menu.Option(
                            option.path("id").asText(), option.path("text").asText()));
                }
                yield new Part.Menu(node.path("text").asText(), options);
            }
            default -> new Part.Unsupported(node.path("platformType").asText());
        };
    }

    /** PostgreSQL keeps every character but NUL; lone surrogates are no characters. */
    private static String storable(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) return cleaned(text);
        }
        return text;
    }

    private static String cleaned(String text) {
        return text.codePoints()
                .filter(c -> c != 0)
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
