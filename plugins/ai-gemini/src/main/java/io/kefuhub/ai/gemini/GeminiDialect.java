package io.kefuhub.ai.gemini;

import io.kefuhub.ai.exchange.AnswerSoFar;
import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.Options;
import io.kefuhub.ai.exchange.Pictures;
import io.kefuhub.ai.exchange.RetryAfter;
import io.kefuhub.ai.exchange.Said;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.ai.exchange.TooLong;
import io.kefuhub.ai.exchange.Trouble;
import io.kefuhub.ai.exchange.UnfitException;
import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The generateContent of the Gemini API.
 *
 * @param temperature whether the model may be told one
 */
record GeminiDialect(Service service, boolean temperature, Pictures pictures) implements Dialect {
    private static final String PREFIX = "models/";

    private static final Set<String> WITHHELD =
            Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY");

    private static final Map<String, Trouble> STATUSES = Map.of(
            "UNAUTHENTICATED", Trouble.CREDENTIALS,
            "PERMISSION_DENIED", Trouble.CREDENTIALS,
            "FAILED_PRECONDITION", Trouble.BALANCE,
            "RESOURCE_EXHAUSTED", Trouble.RATE_LIMITED,
            "UNAVAILABLE", Trouble.OVERLOADED,
            "NOT_FOUND", Trouble.REFUSED,
            "INTERNAL", Trouble.BROKEN,
            "DEADLINE_EXCEEDED", Trouble.BROKEN);

    @Override
    public Framing framing() {
        return Framing.EVENTS;
    }

    @Override
    public Http.Request question(AiRequest request) throws UnfitException {
        var options = Options.of(request);
        var body = new LinkedHashMap<String, Object>();
        if (!request.system().isBlank())
            body.put("systemInstruction", Map.of("parts", List.of(text(request.system()))));
        body.put("contents", contents(request));
        var generation = new LinkedHashMap<String, Object>();
        generation.put("maxOutputTokens", request.maxTokens());
        if (temperature) generation.put("temperature", request.temperature());
        options.schema().ifPresent(schema -> {
            generation.put("responseMimeType", "application/json");
            generation.put("responseJsonSchema", schema);
        });
        body.put("generationConfig", generation);
        options.addTo(body);
        var what = request.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return service.post(path(request.model()) + what, body, request.stream());
    }

    static String path(String model) {
        return "/" + PREFIX + Service.segment(bare(model));
    }

    private static String bare(String model) {
        return model.startsWith(PREFIX) ? model.substring(PREFIX.length()) : model;
    }

    private List<Object> contents(AiRequest request) throws UnfitException {
        var contents = new ArrayList<Object>();
        for (var said : Said.userFirst(request, pictures)) {
            var parts = new ArrayList<Object>();
            for (var piece : said.pieces()) parts.add(part(piece));
            var role = said.role() == AiRequest.Role.USER ? "user" : "model";
            contents.add(Map.of("role", role, "parts", parts));
        }
        return contents;
    }

    private static Object part(Said.Piece piece) {
        return switch (piece) {
            case Said.Piece.Text(var text) -> text(text);
            case Said.Piece.Picture(var mime, var base64) ->
                Map.of("inlineData", Map.of("mimeType", mime, "data", base64));
        };
    }

    private static Object text(String text) {
        return Map.of("text", text);
    }

    @Override
    public void event(JsonObject event, AnswerSoFar answer) {
        event.object("promptFeedback")
                .filter(feedback -> !feedback.text("blockReason", "").isEmpty())
                .ifPresent(_ -> answer.filtered());
        event.objects("candidates").stream()
                .filter(candidate -> candidate.number("index", 0) == 0)
                .findFirst()
                .ifPresent(candidate -> take(candidate, answer));
        event.object("usageMetadata").ifPresent(usage -> answer.usage(counted(usage)));
    }

    @Override
    public void whole(JsonObject body, AnswerSoFar answer) {
        event(body, answer);
    }

    private static void take(JsonObject candidate, AnswerSoFar answer) {
        candidate.object("content").stream()
                .flatMap(content -> content.objects("parts").stream())
                .forEach(part -> {
                    if (part.flag("thought")) answer.reasoning(part.text("text", ""));
                    else answer.content(part.text("text", ""));
                });
        var reason = candidate.text("finishReason", "");
        if (WITHHELD.contains(reason)) {
            answer.filtered();
            return;
        }
        switch (reason) {
            case "", "FINISH_REASON_UNSPECIFIED" -> {}
            case "STOP" -> answer.finish(AiReply.Finish.STOP);
            case "MAX_TOKENS" -> answer.finish(AiReply.Finish.LENGTH);
            default -> answer.finish(AiReply.Finish.OTHER);
        }
    }

    /** Thoughts are counted apart from the answer, and paid for like it. */
    private static Usage counted(JsonObject usage) {
        var thoughts = usage.number("thoughtsTokenCount", 0);
        return new Usage(
                true,
                usage.number("promptTokenCount", 0) + usage.number("toolUsePromptTokenCount", 0),
                usage.number("cachedContentTokenCount", 0),
                usage.number("candidatesTokenCount", 0) + thoughts,
                thoughts);
    }

    @Override
    public Optional<JsonObject> error(JsonObject document) {
        return document.object("error");
    }

    @Override
    public Trouble trouble(int status, JsonObject error) {
        var isKey = error.objects("details").stream()
                .map(detail -> detail.text("reason", ""))
                .anyMatch(reason -> reason.equals("API_KEY_INVALID") || reason.equals("API_KEY_SERVICE_BLOCKED"));
        if (isKey) return Trouble.CREDENTIALS;
        var known = STATUSES.get(error.text("status", ""));
        if (known != null) return known;
        var meant = (int) error.number("code", status);
        return TooLong.isSaid(meant, message(error)) ? Trouble.TOO_LONG : Trouble.of(meant);
    }

    @Override
    public Duration pause(JsonObject error) {
        return error.objects("details").stream()
                .flatMap(detail -> detail.text("retryDelay").stream())
                .flatMap(delay -> RetryAfter.seconds(delay).stream())
                .findFirst()
                .orElse(Duration.ZERO);
    }

    @Override
    public String message(JsonObject error) {
        return error.text("message", "");
    }

    @Override
    public Http.Request models() {
        return service.get("/models?pageSize=1000");
    }

    @Override
    public List<String> names(JsonObject models) {
        return models.objects("models").stream()
                .map(model -> bare(model.text("name", "")))
                .toList();
    }

    @Override
    public boolean isSame(String listed, String entered) {
        return listed.equals(bare(entered));
    }

    @Override
    public Optional<Embedder> embedder() {
        return Optional.of(new GeminiEmbedder(service));
    }
}
