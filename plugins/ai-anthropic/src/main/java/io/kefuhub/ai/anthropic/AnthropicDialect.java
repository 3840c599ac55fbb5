package io.kefuhub.ai.anthropic;

import io.kefuhub.ai.exchange.AnswerSoFar;
import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.Options;
import io.kefuhub.ai.exchange.Pictures;
import io.kefuhub.ai.exchange.Said;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.ai.exchange.TooLong;
import io.kefuhub.ai.exchange.Trouble;
import io.kefuhub.ai.exchange.UnfitException;
import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The Messages API: the system apart from the messages, the user first and then in turns.
 *
 * @param temperature whether the model may be told one
 */
record AnthropicDialect(Service service, boolean temperature, Pictures pictures) implements Dialect {
    private static final double HOTTEST = 1;

    private static final Map<String, Trouble> TYPES = Map.of(
            "authentication_error", Trouble.CREDENTIALS,
            "permission_error", Trouble.CREDENTIALS,
            "billing_error", Trouble.BALANCE,
            "rate_limit_error", Trouble.RATE_LIMITED,
            "overloaded_error", Trouble.OVERLOADED,
            "request_too_large", Trouble.TOO_LONG,
            "not_found_error", Trouble.REFUSED,
            "timeout_error", Trouble.BROKEN,
            "api_error", Trouble.BROKEN);

    @Override
    public Framing framing() {
        return Framing.EVENTS;
    }

    @Override
    public Http.Request question(AiRequest request) throws UnfitException {
        var options = Options.of(request);
        var body = new LinkedHashMap<String, Object>();
        body.put("model", request.model());
        body.put("max_tokens", request.maxTokens());
        if (!request.system().isBlank()) body.put("system", request.system());
        body.put("messages", messages(request));
        if (temperature) body.put("temperature", Math.min(request.temperature(), HOTTEST));
        body.put("stream", request.stream());
        options.schema()
                .ifPresent(schema ->
                        body.put("output_config", Map.of("format", Map.of("type", "json_schema", "schema", schema))));
        options.addTo(body);
        return service.post("/v1/messages", body, request.stream());
    }

    private List<Object> messages(AiRequest request) throws UnfitException {
        var messages = new ArrayList<Object>();
        for (var said : Said.userFirst(request, pictures)) {
            var blocks = new ArrayList<Object>();
            for (var piece : said.pieces()) blocks.add(block(piece));
            messages.add(Map.of("role", said.role().name().toLowerCase(Locale.ROOT), "content", blocks));
        }
        return messages;
    }

    private static Object block(Said.Piece piece) {
        return switch (piece) {
            case Said.Piece.Text(var text) -> Map.of("type", "text", "text", text);
            case Said.Piece.Picture(var mime, var base64) ->
                Map.of("type", "image", "source", Map.of("type", "base64", "media_type", mime, "data", base64));
        };
    }

    @Override
    public boolean isLast(JsonObject event) {
        return type(event).equals("message_stop");
    }

    @Override
    public void event(JsonObject event, AnswerSoFar answer) {
        switch (type(event)) {
            case "message_start" ->
                event.object("message").ifPresent(message -> {
                    usage(message, answer);
                    stop(message, answer);
                });
            case "content_block_start" -> event.object("content_block").ifPresent(block -> take(block, answer));
            case "content_block_delta" -> event.object("delta").ifPresent(delta -> take(delta, answer));
            case "message_delta" -> {
                usage(event, answer);
                event.object("delta").ifPresent(delta -> stop(delta, answer));
            }
            default -> {}
        }
    }

    @Override
    public void whole(JsonObject body, AnswerSoFar answer) {
        for (var block : body.objects("content")) take(block, answer);
        usage(body, answer);
        stop(body, answer);
    }

    private static void take(JsonObject block, AnswerSoFar answer) {
        switch (type(block)) {
            case "text", "text_delta" -> answer.content(block.text("text", ""));
            case "thinking", "thinking_delta" -> answer.reasoning(block.text("thinking", ""));
            default -> {}
        }
    }

    private static void stop(JsonObject message, AnswerSoFar answer) {
        switch (message.text("stop_reason", "")) {
            case "" -> {}
            case "end_turn", "stop_sequence" -> answer.finish(AiReply.Finish.STOP);
            case "max_tokens", "model_context_window_exceeded" -> answer.finish(AiReply.Finish.LENGTH);
            case "refusal" -> answer.filtered();
            default -> answer.finish(AiReply.Finish.OTHER);
        }
    }

    /** What goes in is told at the start, what comes out at the end; what one of them leaves out stays as it was. */
    private static void usage(JsonObject message, AnswerSoFar answer) {
        message.object("usage").ifPresent(usage -> {
            var before = answer.usage();
            var cached = usage.number("cache_read_input_tokens", before.cachedInput());
            var input = usage.number("input_tokens")
                    .map(fresh -> fresh + cached + usage.number("cache_creation_input_tokens", 0))
                    .orElse(before.input());
            answer.usage(new Usage(true, input, cached, usage.number("output_tokens", before.output()), 0));
        });
    }

    private static String type(JsonObject object) {
        return object.text("type", "");
    }

    @Override
    public Optional<JsonObject> error(JsonObject document) {
        return type(document).equals("error") || document.has("error")
                ? Optional.of(document.object("error").orElse(JsonObject.EMPTY))
                : Optional.empty();
    }

    @Override
    public Trouble trouble(int status, JsonObject error) {
        var known = TYPES.get(type(error));
        if (known != null) return known;
        // In the middle of a stream the type stands for the status.
        var meant = status == 200 && type(error).equals("invalid_request_error") ? 400 : status;
        return TooLong.isSaid(meant, message(error)) ? Trouble.TOO_LONG : Trouble.of(meant);
    }

    @Override
    public String message(JsonObject error) {
        return error.text("message", "");
    }

    @Override
    public Http.Request models() {
        return service.get("/v1/models?limit=1000");
    }

    @Override
    public List<String> names(JsonObject models) {
        return models.objects("data").stream()
                .map(model -> model.text("id", ""))
                .toList();
    }

    @Override
    public Optional<Embedder> embedder() {
        return Optional.empty();
    }
}
