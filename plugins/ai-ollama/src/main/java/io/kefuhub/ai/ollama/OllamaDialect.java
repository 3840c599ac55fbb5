package io.kefuhub.ai.ollama;

import io.kefuhub.ai.exchange.AnswerSoFar;
import io.kefuhub.ai.exchange.Dialect;
import io.kefuhub.ai.exchange.Json;
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
 * Ollama's own chat: one JSON document a line. The route that speaks like OpenAI does not take a window.
 *
 * @param window of question and answer together, in tokens
 * @param thinking {@code on}, {@code off}, or what the model does by itself
 * @param temperature whether the model may be told one
 */
record OllamaDialect(Service service, int window, String thinking, boolean temperature, Pictures pictures)
        implements Dialect {
    private static final String LATEST = ":latest";
    private static final int WRONG = 400;

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public Http.Request question(AiRequest request) throws UnfitException {
        var options = Options.of(request);
        var body = new LinkedHashMap<String, Object>();
        body.put("model", request.model());
        body.put("messages", messages(request));
        body.put("stream", request.stream());
        // Newer servers then say so, instead of dropping the beginning.
        body.put("truncate", false);
        body.put("shift", false);
        switch (thinking) {
            case "on" -> body.put("think", true);
            case "off" -> body.put("think", false);
            default -> {}
        }
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("num_ctx", window);
        parameters.put("num_predict", request.maxTokens());
        if (temperature) parameters.put("temperature", request.temperature());
        body.put("options", parameters);
        options.schema().ifPresent(schema -> body.put("format", schema));
        options.addTo(body);
        return service.post("/api/chat", body, request.stream());
    }

    private List<Object> messages(AiRequest request) throws UnfitException {
        var messages = new ArrayList<Object>();
        if (!request.system().isBlank()) messages.add(Map.of("role", "system", "content", request.system()));
        for (var said : Said.of(request, pictures)) {
            var message = new LinkedHashMap<String, Object>();
            message.put("role", said.role().name().toLowerCase(Locale.ROOT));
            message.put("content", said.text());
            if (said.hasPictures()) message.put("images", images(said));
            messages.add(message);
        }
        return messages;
    }

    private static List<Object> images(Said said) {
        var images = new ArrayList<Object>();
        for (var piece : said.pieces()) {
            if (piece instanceof Said.Piece.Picture(var _, var base64)) images.add(base64);
        }
        return images;
    }

    @Override
    public boolean isLast(JsonObject event) {
        return event.flag("done");
    }

    @Override
    public void event(JsonObject event, AnswerSoFar answer) {
        event.object("message").ifPresent(message -> {
            answer.reasoning(message.text("thinking", ""));
            answer.content(message.text("content", ""));
        });
        if (!event.flag("done")) return;
        answer.finish(
                switch (event.text("done_reason", "stop")) {
                    case "stop" -> AiReply.Finish.STOP;
                    case "length" -> AiReply.Finish.LENGTH;
                    default -> AiReply.Finish.OTHER;
                });
        event.number("eval_count")
                .ifPresent(output -> answer.usage(new Usage(true, event.number("prompt_eval_count", 0), 0, output, 0)));
    }

    @Override
    public void whole(JsonObject body, AnswerSoFar answer) {
        event(body, answer);
    }

    @Override
    public Optional<JsonObject> error(JsonObject document) {
        if (!document.has("error")) return Optional.empty();
        // Newer servers hand on what their runner says, an error in an error.
        var inner = document.text("error").flatMap(Json::object).flatMap(runner -> runner.object("error"));
        return document.object("error")
                .or(() -> inner)
                .or(() -> Optional.of(new JsonObject(Map.of("message", document.text("error", "")))));
    }

    @Override
    public Trouble trouble(int status, JsonObject error) {
        if (error.text("type", "").equals("exceed_context_size_error")) return Trouble.TOO_LONG;
        // Some versions say it with a status of their own faults.
        return TooLong.isSaid(WRONG, message(error)) ? Trouble.TOO_LONG : Trouble.of(status);
    }

    @Override
    public String message(JsonObject error) {
        return error.text("message", "");
    }

    @Override
    public Http.Request models() {
        return service.get("/api/tags");
    }

    @Override
    public List<String> names(JsonObject models) {
        return models.objects("models").stream()
                .map(model -> model.text("name", ""))
                .toList();
    }

    @Override
    public boolean isSame(String listed, String entered) {
        return listed.equals(entered) || listed.equals(entered + LATEST);
    }

    @Override
    public Optional<Embedder> embedder() {
        return Optional.of(new OllamaEmbedder(service));
    }
}
