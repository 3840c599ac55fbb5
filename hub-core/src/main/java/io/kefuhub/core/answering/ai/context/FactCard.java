package io.kefuhub.core.answering.ai.context;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.answering.ai.context.Fact.Kind;
import io.kefuhub.core.web.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What must not be forgotten of a conversation, however long it gets: of each kind the first that was said and the newest
 * ones. Immutable.
 *
 * @param facts of each kind, in the order they were said last, but for the first, which keeps its place
 */
public record FactCard(List<Fact> facts) {
    public static final FactCard EMPTY = new FactCard(List.of());
    private static final int LONGEST_VALUE = 100;

    public FactCard {
        facts = List.copyOf(facts);
    }

    /** The card after something more was said. */
    public FactCard plus(String said, boolean byCustomer) {
        var found = FactPatterns.in(said, byCustomer);
        if (found.isEmpty()) return this;
        var kinds = byKind();
        for (var fact : found) {
            if (fact.value().isEmpty() || fact.value().length() > LONGEST_VALUE) continue;
            add(kinds.computeIfAbsent(fact.kind(), _ -> new ArrayList<>()), fact);
        }
        return new FactCard(kinds.values().stream().flatMap(List::stream).toList());
    }

    private static void add(List<Fact> known, Fact fact) {
        if (!known.isEmpty() && known.getFirst().equals(fact)) return;
        known.remove(fact);
        known.add(fact);
        if (known.size() > fact.kind().most()) known.remove(1);
    }

    private Map<Kind, List<Fact>> byKind() {
        var kinds = new EnumMap<Kind, List<Fact>>(Kind.class);
        for (var fact : facts) {
            kinds.computeIfAbsent(fact.kind(), _ -> new ArrayList<>()).add(fact);
        }
        return kinds;
    }

    /** As models read it, the weightiest first, so that what does not fit is at the end. */
    public List<String> lines() {
        var kinds = byKind();
        var lines = new ArrayList<String>();
        for (var kind : Kind.values()) {
            var known = kinds.getOrDefault(kind, List.of());
            if (!known.isEmpty()) lines.add(kind.key() + ": " + said(known));
        }
        return lines;
    }

    private static String said(List<Fact> known) {
        return known.stream().map(Fact::value).collect(Collectors.joining(" | "));
    }

    /** All of it as one text, to compare with. */
    public String text() {
        return facts.stream().map(Fact::value).collect(Collectors.joining("\n"));
    }

    String json() {
        var kinds = new LinkedHashMap<String, List<String>>();
        byKind().forEach((kind, known) ->
                kinds.put(kind.key(), known.stream().map(Fact::value).toList()));
        return Json.text(kinds).replace("\\u0000", "");
    }

    static FactCard read(JsonNode stored) {
        var facts = new ArrayList<Fact>();
        Arrays.stream(Kind.values())
                .forEach(kind -> stored.path(kind.key()).forEach(value -> facts.add(new Fact(kind, value.asText()))));
        return new FactCard(facts);
    }
}
