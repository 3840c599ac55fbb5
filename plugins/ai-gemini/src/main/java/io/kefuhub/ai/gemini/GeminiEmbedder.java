package io.kefuhub.ai.gemini;

import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.Floats;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.api.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vectors as Gemini makes them; it does not say what they cost. */
record GeminiEmbedder(Service service) implements Dialect.Embedder {
    private static final int BATCH = 100;

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Http.Request question(String model, List<String> texts) {
        var path = GeminiDialect.path(model);
        var name = model.startsWith("models/") ? model : "models/" + model;
        var requests = new ArrayList<Object>();
        for (var text : texts) {
            requests.add(Map.of("model", name, "content", Map.of("parts", List.of(Map.of("text", text)))));
        }
        return service.post(path + ":batchEmbedContents", Map.of("requests", requests), false);
    }

    @Override
    public Optional<Dialect.Vectors> read(JsonObject body, int texts) {
        var vectors = body.objects("embeddings").stream()
                .flatMap(embedding -> Floats.of(embedding.list("values")).stream())
                .toList();
        return vectors.size() == texts ? Optional.of(new Dialect.Vectors(vectors, Optional.empty())) : Optional.empty();
    }
}
