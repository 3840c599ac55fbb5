package io.kefuhub.ai.ollama;

import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.Floats;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.api.Http;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vectors as Ollama makes them. */
record OllamaEmbedder(Service service) implements Dialect.Embedder {
    private static final int BATCH = 32;

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Http.Request question(String model, List<String> texts) {
        return service.post("/api/embed", Map.of("model", model, "input", texts, "truncate", false), false);
    }

    @Override
    public Optional<Dialect.Vectors> read(JsonObject body, int texts) {
        var vectors = body.list("embeddings").stream()
                .filter(List.class::isInstance)
                .flatMap(vector -> Floats.of((List<?>) vector).stream())
                .toList();
        if (vectors.size() != texts) return Optional.empty();
        return Optional.of(new Dialect.Vectors(vectors, body.number("prompt_eval_count")));
    }
}
