package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The filters in their order, into which new ones are put. One thread only. */
final class FilterRow {
    private final List<InstanceSpec> row = new ArrayList<>();
    private final List<InstanceSpec> before;
    private final Function<InstanceSpec, Optional<Integer>> wishes;

    /** @param wishes where a filter wishes to stand, if it does */
    FilterRow(Collection<InstanceSpec> all, Function<InstanceSpec, Optional<Integer>> wishes) {
        before = all.stream()
                .filter(spec -> spec.kind() == Kind.FILTER)
                .sorted(Comparator.comparingInt(InstanceSpec::position))
                .toList();
        row.addAll(before);
        this.wishes = wishes;
    }

    /** Puts a new one before the first that wishes to stand later, or behind all. */
    void add(String id, Optional<Integer> wish) {
        var at = wish.isEmpty() ? row.size() : firstAfter(wish.get());
        var last = row.stream().mapToInt(InstanceSpec::position).max().orElse(0);
        var position = at == row.size() ? last + 1 : row.get(at).position();
        for (var i = at; i < row.size(); i++) {
            row.set(i, row.get(i).withPosition(row.get(i).position() + 1));
        }
        row.add(
                at,
                new InstanceSpec(
                        Kind.FILTER,
                        id,
                        "",
                        id,
                        Map.of(),
                        true,
                        InstanceSpec.Choices.NONE,
                        position,
                        Optional.empty()));
    }

    private int firstAfter(int wish) {
        for (var i = 0; i < row.size(); i++) {
            if (wishes.apply(row.get(i)).filter(other -> other > wish).isPresent()) return i;
        }
        return row.size();
    }

    /** The new ones, and those that have moved. */
    List<InstanceSpec> changed() {
        return row.stream().filter(spec -> !before.contains(spec)).toList();
    }
}
