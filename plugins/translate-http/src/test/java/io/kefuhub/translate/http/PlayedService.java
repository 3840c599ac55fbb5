package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.kit.FakeHttp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays either service: each text comes back with a word before it. */
final class PlayedService implements FakeHttp.Server {
    @Override
    public FakeHttp.Played answer(Http.Request request) {
        var path = request.address().getPath();
        return FakeHttp.Played.whole(
                200,
                Map.of(),
                switch (path) {
                    case "/languages" ->
                        Json.write(List.of(
                                Map.of("code", "en", "targets", List.of("zh-Hans")),
                                Map.of("code", "zh-Hans", "targets", List.of("en"))));
                    case "/v2/languages" ->
                        Json.write(List.of(
                                Map.of("language", "EN"),
                                Map.of("language", "EN-US"),
                                Map.of("language", "ZH"),
                                Map.of("language", "ZH-HANS")));
                    case "/translate" ->
                        Json.write(Map.of(
                                "translatedText",
                                texts(request, "q").stream()
                                        .map(text -> "译 " + text)
                                        .toList()));
                    default ->
                        Json.write(Map.of(
                                "translations",
                                texts(request, "text").stream()
                                        .map(text -> Map.of("text", "译 " + text))
                                        .toList()));
                });
    }

    private static List<String> texts(Http.Request request, String name) {
        var body = request.body() instanceof Http.Body.Text(var _, var value) ? value : "";
        Optional<JsonObject> question = Json.object(body);
        return question.orElseThrow().list(name).stream().map(String::valueOf).toList();
    }
}
