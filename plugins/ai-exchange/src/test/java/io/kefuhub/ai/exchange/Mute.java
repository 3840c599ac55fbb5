package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiRequest;
import java.util.List;
import java.util.Optional;

/** A dialect in which nothing is said. */
record Mute() implements Dialect {
    @Override
    public Framing framing() {
        return Framing.EVENTS;
    }

    @Override
    public Http.Request question(AiRequest request) {
        return models();
    }

    @Override
    public void event(JsonObject event, AnswerSoFar answer) {}

    @Override
    public void whole(JsonObject body, AnswerSoFar answer) {}

    @Override
    public Optional<JsonObject> error(JsonObject document) {
        return Optional.empty();
    }

    @Override
    public Trouble trouble(int status, JsonObject error) {
        return Trouble.of(status);
    }

    @Override
    public String message(JsonObject error) {
        return "";
    }

    @Override
    public Http.Request models() {
        throw new UnsupportedOperationException("nobody is asked");
    }

    @Override
    public List<String> names(JsonObject models) {
        return List.of();
    }

    @Override
    public Optional<Embedder> embedder() {
        return Optional.empty();
    }
}
