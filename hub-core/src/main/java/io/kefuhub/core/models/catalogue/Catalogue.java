package io.kefuhub.core.models.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Everything at one moment. Immutable; a question goes its whole way with the one it began with. */
public record Catalogue(
        SequencedMap<String, Deployment> deployments, SequencedMap<String, Alias> aliases, Rules rules) {
    public static final Catalogue EMPTY = of(Map.of(), Map.of(), Rules.USUAL);

    public static Catalogue of(Map<String, Deployment> deployments, Map<String, Alias> aliases, Rules rules) {
        return new Catalogue(
                java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(deployments)),
                java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(aliases)),
                rules);
    }

    public Optional<Deployment> deployment(String key) {
        return Optional.ofNullable(deployments.get(key));
    }

    public Optional<Alias> alias(String name) {
        return Optional.ofNullable(aliases.get(name));
    }
}
