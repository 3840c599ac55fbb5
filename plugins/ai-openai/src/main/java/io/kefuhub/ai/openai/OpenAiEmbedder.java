package io.kefuhub.ai.openai;

import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.Floats;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.api.Http;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Vectors as OpenAI makes them. */
record OpenAiEmbedder(Service service, int batch) implements Dialect.Embedder {
    @Override
    public Http.Request question(String model, List<String> texts) {
        var body = Map.of("model", model, "input", texts, "encoding_format", "float");
        return service.post("/embeddings", body, false);
    }

    @Override
    public Optional<Dialect.Vectors> read(JsonObject body, int texts) {
        var vectors = new TreeMap<Long, float[]>();
        for (var item : body.objects("data")) {
            var place = item.number("index", vectors.size());
            Floats.of(item.list("embedding")).ifPresent(vector -> vectors.put(place, vector));
        }
        if (vectors.size() != texts || vectors.lastKey() != texts - 1) return Optional.empty();
        var input = body.object("usage").flatMap(usage -> usage.number("prompt_tokens"));
        return Optional.of(new Dialect.Vectors(List.copyOf(vectors.values()), input));
    }
}
