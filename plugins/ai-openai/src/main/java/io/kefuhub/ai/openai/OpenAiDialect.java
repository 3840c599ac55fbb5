package io.kefuhub.ai.openai;

import io.kefuhub.ai.exchange.AnswerSoFar;
import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.Options;
import io.kefuhub.ai.exchange.Pictures;
import io.kefuhub.ai.exchange.Said;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.ai.exchange.Trouble;
import io.kefuhub.ai.exchange.UnfitException;
import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chat completions.
 *
 * @param temperature whether the service may be told one
 */
record OpenAiDialect(Service service, Traits traits, boolean temperature, Pictures pictures) implements Dialect {
    /** Endings that are failures, whatever was said before. */
    private static final Set<String> FAILED = Set.of("insufficient_system_resource", "network_error", "error");

    @Override
    public Framing framing() {
        return Framing.EVENTS;
    }

    @Override
    public Http.Request question(AiRequest request) throws UnfitException {
        var options = Options.of(request);
        var body = new LinkedHashMap<String, Object>();
        body.put("model", request.model());
        body.put("messages", messages(request, options));
        body.put(traits.limitField(), request.maxTokens());
        if (temperature) body.put("temperature", Math.min(request.temperature(), traits.hottest()));
        body.put("stream", request.stream());
        if (request.stream() && traits.asksForUsage()) body.put("stream_options", Map.of("include_usage", true));
        options.schema().ifPresent(schema -> responseFormat(schema, body));
        options.addTo(body);
        return service.post("/chat/completions", body, request.stream());
    }

    private void responseFormat(JsonObject schema, Map<String, Object> body) {
        switch (traits.json()) {
            case SCHEMA -> {
                // Only a closed schema can be kept to the letter.
                var isClosed = Boolean.FALSE.equals(schema.members().get("additionalProperties"));
                var named = Map.of("name", "answer", "schema", schema, "strict", isClosed);
                body.put("response_format", Map.of("type", "json_schema", "json_schema", named));
            }
            case OBJECT -> body.put("response_format", Map.of("type", "json_object"));
            case WORDS -> {}
        }
    }

    private List<Object> messages(AiRequest request, Options options) throws UnfitException {
        var messages = new ArrayList<Object>();
        var system = traits.json() == Traits.JsonMode.SCHEMA ? request.system() : options.inWords(request.system());
        if (!system.isBlank()) messages.add(Map.of("role", "system", "content", system));
        for (var said : Said.of(request, pictures)) {
            var role = said.role().name().toLowerCase(Locale.ROOT);
            messages.add(Map.of("role", role, "content", said.hasPictures() ? parts(said) : said.text()));
        }
        return messages;
    }

    private static List<Object> parts(Said said) {
        var parts = new ArrayList<Object>();
        for (var piece : said.pieces()) {
            parts.add(
                    switch (piece) {
                        case Said.Piece.Text(var text) -> Map.of("type", "text", "text", text);
                        case Said.Piece.Picture(var mime, var base64) ->
                            Map.of(
                                    "type",
                                    "image_url",
                                    "image_url",
                                    Map.of("url", "data:" + mime + ";base64," + base64));
                    });
        }
        return parts;
    }

    @Override
    public boolean isLast(String event) {
        return event.equals("[DONE]");
    }

    @Override
    public void event(JsonObject event, AnswerSoFar answer) {
        choice(event).ifPresent(choice -> take(choice, "delta", answer));
        OpenAiUsage.of(event).ifPresent(answer::usage);
    }

    @Override
    public void whole(JsonObject body, AnswerSoFar answer) {
        choice(body).ifPresent(choice -> take(choice, "message", answer));
        OpenAiUsage.of(body).ifPresent(answer::usage);
    }

    /** Returns the first of several answers; the hub asks for one. */
    private static Optional<JsonObject> choice(JsonObject event) {
        for (var choice : event.objects("choices")) {
            if (choice.number("index", 0) == 0) return Optional.of(choice);
        }
        return Optional.empty();
    }

    private static void take(JsonObject choice, String name, AnswerSoFar answer) {
        choice.object(name).ifPresent(said -> {
            answer.reasoning(said.text("reasoning_content").orElseGet(() -> said.text("reasoning", "")));
            answer.content(said.text("content", ""));
            for (var part : said.objects("content")) {
                if (part.text("type", "").equals("text")) answer.content(part.text("text", ""));
            }
            if (!said.text("refusal", "").isEmpty()) answer.filtered();
        });
        switch (choice.text("finish_reason", "")) {
            case "" -> {}
            case "stop" -> answer.finish(AiReply.Finish.STOP);
            case "length", "model_context_window_exceeded" -> answer.finish(AiReply.Finish.LENGTH);
            case "content_filter", "sensitive" -> answer.filtered();
            default -> answer.finish(AiReply.Finish.OTHER);
        }
    }

    @Override
    public Optional<JsonObject> error(JsonObject document) {
        if (document.has("error")) {
            return document.object("error")
                    .or(() -> Optional.of(new JsonObject(Map.of("message", document.text("error", "")))));
        }
        var ending =
                choice(document).map(choice -> choice.text("finish_reason", "")).orElse("");
        if (FAILED.contains(ending)) return Optional.of(new JsonObject(Map.of("code", ending, "message", ending)));
        // Some say it without the object around it.
        var isBare = document.has("message") && !document.has("choices") && !document.has("data");
        return isBare ? Optional.of(document) : Optional.empty();
    }

    @Override
    public Trouble trouble(int status, JsonObject error) {
        return OpenAiErrors.trouble(status, error, traits.codes());
    }

    @Override
    public String message(JsonObject error) {
        return error.text("message", "");
    }

    @Override
    public Http.Request models() {
        return service.get("/models");
    }

    @Override
    public List<String> names(JsonObject models) {
        return models.objects("data").stream()
                .map(model -> model.text("id", ""))
                .toList();
    }

    @Override
    public Optional<Embedder> embedder() {
        return traits.batch() == 0 ? Optional.empty() : Optional.of(new OpenAiEmbedder(service, traits.batch()));
    }
}
