package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * As LibreTranslate speaks: one object each way, the key in it. Immutable; names no secret.
 *
 * @param address without a slash at its end
 * @param key empty for a service without one
 */
record LibreTranslate(String address, String key) implements Shape {
    /** What it calls, in one version or another, what we call otherwise. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "zh-CN", List.of("zh-Hans", "zh"),
            "zh", List.of("zh-Hans", "zh"),
            "zh-TW", List.of("zh-Hant", "zt"),
            "zh-HK", List.of("zh-Hant", "zt"),
            "pt-BR", List.of("pt-BR", "pb", "pt"));

    @Override
    public List<Http.Request> languages() {
        return List.of(Http.Request.get(URI.create(address + "/languages"), ServiceTranslator.LIMIT));
    }

    @Override
    public Optional<Known> known(List<String> bodies) {
        if (!(Json.value(bodies.getFirst()).orElse("") instanceof List<?> items)) return Optional.empty();
        var targets = new HashMap<String, Set<String>>();
        for (var item : items) {
            if (!(item instanceof JsonObject language)) continue;
            var to = new ArrayList<String>();
            for (var target : language.list("targets")) to.add(String.valueOf(target));
            language.text("code").ifPresent(code -> targets.put(code, Set.copyOf(to)));
        }
        if (targets.isEmpty()) return Optional.empty();
        return Optional.of((from, to) -> pair(targets, from, to));
    }

    /** A service that does not say what it translates into knows all it knows. */
    private static Optional<Pair> pair(Map<String, Set<String>> targets, Language from, Language to) {
        for (var source : names(from)) {
            var reaches = targets.get(source);
            if (reaches == null) continue;
            var all = reaches.isEmpty() ? targets.keySet() : reaches;
            var target = names(to).stream().filter(all::contains).findFirst();
            if (target.isPresent()) return Optional.of(new Pair(source, target.get()));
        }
        return Optional.empty();
    }

    private static List<String> names(Language language) {
        var tag = language.tag();
        var known = NAMES.get(tag);
        return known != null ? known : List.of(tag, tag.replaceFirst("-.*", ""));
    }

    @Override
    public Http.Request question(List<String> texts, Pair pair, Map<String, String> glossary) {
        var body = new LinkedHashMap<String, Object>();
        body.put("q", texts.stream().map(text -> told(text, glossary)).toList());
        body.put("source", pair.from());
        body.put("target", pair.to());
        body.put("format", "text");
        if (!key.isEmpty()) body.put("api_key", key);
        return Http.Request.postJson(
                URI.create(address + "/translate"), Map.of(), Json.write(body), ServiceTranslator.LIMIT);
    }

    /** It takes no glossary; a word of the other language in the text mostly stays. */
    private static String told(String text, Map<String, String> glossary) {
        var told = text;
        for (var term : glossary.entrySet()) told = told.replace(term.getKey(), term.getValue());
        return told;
    }

    @Override
    public Optional<List<String>> texts(String body) {
        return Json.object(body)
                .map(answer -> answer.list("translatedText").stream()
                        .map(String::valueOf)
                        .toList());
    }

    @Override
    public String toString() {
        return "LibreTranslate";
    }
}
