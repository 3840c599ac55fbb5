package io.kefuhub.core.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/** Reads values token by token and says what is wrong with one, by its name. */
final class Fields {
    private static final int DEPTH = 64;

    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The usual pool belongs to threads, of which each call has a new one.
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(40)
                    .maxStringLength(BodyLimit.MOST)
                    .build())
            .build();
    private static final Words TEXT = new Words("a string", "字符串");
    private static final Words NUMBER = new Words("a number", "数字");
    private static final Words WHOLE = new Words("an integer", "整数");
    private static final Words TRUTH = new Words("a boolean", "布尔值");
    private static final Words OBJECT = new Words("an object", "对象");
    private static final Words LIST = new Words("an array", "数组");

    private Fields() {}

    static String text(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) throw Wrong.type(field, TEXT);
        return json.getText();
    }

    static double number(JsonParser json, String field, double least, double most) throws IOException {
        if (!json.currentToken().isNumeric()) throw Wrong.type(field, NUMBER);
        var number = json.getDoubleValue();
        if (number < least || number > most) {
            throw Wrong.value(
                    field,
                    "from " + plain(least) + " to " + plain(most) + ".",
                    "取值范围为 " + plain(least) + " 到 " + plain(most) + "。");
        }
        return number;
    }

    static int whole(JsonParser json, String field, int least, int most) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) throw Wrong.type(field, WHOLE);
        return (int) number(json, field, least, most);
    }

    static boolean truth(JsonParser json, String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw Wrong.type(field, TRUTH);
        };
    }

    static void object(JsonParser json, String field) {
        if (json.currentToken() != JsonToken.START_OBJECT) throw Wrong.type(field, OBJECT);
    }

    static void list(JsonParser json, String field) {
        if (json.currentToken() != JsonToken.START_ARRAY) throw Wrong.type(field, LIST);
    }

    static boolean isNull(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** The value as it was sent, whatever it is. */
    static String raw(JsonParser json) throws IOException {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            out.copyCurrentStructure(json);
        }
        return text.toString();
    }

    /** The name of the next field of an object, with its value to be read; empty at its end. */
    static Optional<String> next(JsonParser json) throws IOException {
        var name = json.nextFieldName();
        if (name == null) return Optional.empty();
        json.nextToken();
        return Optional.of(name);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
