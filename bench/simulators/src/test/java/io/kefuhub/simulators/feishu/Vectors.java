package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** What official clients of the platform make of the same input. */
final class Vectors {
    private Vectors() {}

    static List<JsonNode> of(String kind) {
        try (var file = Vectors.class.getResourceAsStream("/vectors.json")) {
            if (file == null) throw new IllegalStateException("vectors.json is missing");
            var all = Json.MAPPER.readTree(file).path("feishu").path(kind);
            return StreamSupport.stream(all.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
