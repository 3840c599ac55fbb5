package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * As DeepL speaks: the key in a header, texts in tags, of which one says that its content stays. Immutable; names no
 * secret.
 *
 * @param address without a slash at its end
 */
record DeepL(String address, String key) implements Shape {
    /** Languages into which it translates in one variety or another. */
    private static final Map<String, List<String>> TARGETS = Map.of(
            "zh", List.of("ZH-HANS", "ZH"),
            "zh-CN", List.of("ZH-HANS", "ZH"),
            "zh-TW", List.of("ZH-HANT"),
            "zh-HK", List.of("ZH-HANT"),
            "en", List.of("EN-US", "EN"),
            "pt", List.of("PT-PT", "PT"));

    @Override
    public List<Http.Request> languages() {
        return List.of(languages("source"), languages("target"));
    }

    private Http.Request languages(String type) {
        var where = URI.create(address + "/v2/languages?type=" + type);
        return new Http.Request("GET", where, headers(), new Http.Body.None(), ServiceTranslator.LIMIT);
    }

    private Map<String, String> headers() {
        return Map.of("Authorization", "DeepL-Auth-Key " + key);
    }

    @Override
    public Optional<Known> known(List<String> bodies) {
        var sources = codes(bodies.getFirst());
        var targets = codes(bodies.getLast());
        if (sources.isEmpty() || targets.isEmpty()) return Optional.empty();
        return Optional.of((from, to) -> pair(sources, targets, from, to));
    }

    private static Set<String> codes(String body) {
        if (!(Json.value(body).orElse("") instanceof List<?> items)) return Set.of();
        return items.stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(item -> ((JsonObject) item).text("language").stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Pair> pair(Set<String> sources, Set<String> targets, Language from, Language to) {
        var source = primary(from);
        if (!sources.contains(source)) return Optional.empty();
        var named = TARGETS.getOrDefault(to.tag(), List.of(to.tag().toUpperCase(Locale.ROOT), primary(to)));
        return named.stream().filter(targets::contains).findFirst().map(target -> new Pair(source, target));
    }

    private static String primary(Language language) {
        return language.tag().replaceFirst("-.*", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public Http.Request question(List<String> texts, Pair pair, Map<String, String> glossary) {
        var body = new LinkedHashMap<String, Object>();
        body.put(
                "text", texts.stream().map(text -> Tagged.write(text, glossary)).toList());
        body.put("source_lang", pair.from());
        body.put("target_lang", pair.to());
        body.put("preserve_formatting", true);
        body.put("tag_handling", "xml");
        body.put("ignore_tags", List.of(Tagged.STAYS));
        return Http.Request.postJson(
                URI.create(address + "/v2/translate"), headers(), Json.write(body), ServiceTranslator.LIMIT);
    }

    @Override
    public Optional<List<String>> texts(String body) {
        return Json.object(body)
                .map(answer -> answer.objects("translations").stream()
                        .map(one -> Tagged.read(one.text("text", "")))
                        .toList());
    }

    @Override
    public String toString() {
        return "DeepL";
    }
}
