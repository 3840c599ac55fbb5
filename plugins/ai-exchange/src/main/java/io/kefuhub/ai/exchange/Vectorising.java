package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns texts into vectors, as many at once as the provider takes. Immutable. */
record Vectorising(Dialect dialect, Dialect.Embedder embedder, AiProviderContext context, Reason reason) {
    Embedding of(String model, List<String> texts) {
        var vectors = new ArrayList<float[]>(texts.size());
        var counted = true;
        var input = 0L;
        for (var from = 0; from < texts.size(); from += embedder.batch()) {
            var some = texts.subList(from, Math.min(texts.size(), from + embedder.batch()));
            var outcome = context.http().call(embedder.question(model, some)).send();
            if (!(outcome instanceof Outcome.Answered answered)) return notAnswered(outcome);
            var body = Json.object(answered.body());
            var error = body.flatMap(dialect::error);
            if (!answered.isOk() || error.isPresent()) return troubled(answered, error.orElse(JsonObject.EMPTY));
            var read = body.flatMap(document -> embedder.read(document, some.size()));
            if (read.isEmpty()) return new Embedding.Failed("the answer holds no vector for each text");
            vectors.addAll(read.get().values());
            counted &= read.get().input().isPresent();
            input += read.get().input().orElse(0L);
        }
        var length = vectors.getFirst().length;
        if (length == 0 || vectors.stream().anyMatch(vector -> vector.length != length)) {
            return new Embedding.Failed("the vectors are not all of one length");
        }
        return new Embedding.Vectors(vectors, counted ? new Usage(true, input, 0, 0, 0) : Usage.UNKNOWN);
    }

    private Embedding troubled(Outcome.Answered answered, JsonObject error) {
        var trouble = dialect.trouble(answered.status(), error);
        return switch (trouble) {
            case RATE_LIMITED, OVERLOADED ->
                new Embedding.RetryLater(
                        RetryAfter.of(answered.headers(), context.clock().instant())
                                .orElseGet(() -> dialect.pause(error)));
            case CREDENTIALS, BALANCE, TOO_LONG, FILTERED, REFUSED, BROKEN ->
                new Embedding.Failed(reason.of(answered.status(), dialect.message(error)));
        };
    }

    private static Embedding notAnswered(Http.Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotAllowed(var host) -> new Embedding.Failed("the host " + host + " is not allowed");
            case Outcome.Failed(var _, var why) -> new Embedding.Failed(why);
            case Outcome.TimedOut _ -> new Embedding.RetryLater(Duration.ZERO);
            case Outcome.Cancelled _ -> new Embedding.Failed("the call was cancelled");
            case Outcome.Answered _ -> throw new IllegalStateException("answered");
        };
    }
}
