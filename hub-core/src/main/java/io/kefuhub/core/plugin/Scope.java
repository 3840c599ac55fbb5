package io.kefuhub.core.plugin;

import io.kefuhub.api.filter.Stage;
import java.util.Set;

/**
 * Where an instance is asked. Immutable.
 *
 * @param desks by key; empty for all
 * @param skipped stages at which a filter is not asked though it wants to be
 */
public record Scope(Set<String> desks, Set<Stage> skipped) {
    public static final Scope EVERYWHERE = new Scope(Set.of(), Set.of());

    public Scope {
        desks = Set.copyOf(desks);
        skipped = Set.copyOf(skipped);
    }

    public boolean covers(String desk) {
        return desks.isEmpty() || desks.contains(desk);
    }

    public boolean covers(String desk, Stage stage) {
        return !skipped.contains(stage) && covers(desk);
    }
}
