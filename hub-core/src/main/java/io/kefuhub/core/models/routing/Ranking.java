package io.kefuhub.core.models.routing;

import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.Deployment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * In which order the deployments of an alias are asked for one question. Immutable.
 *
 * @param first the keys of those that are as good as the first one
 */
record Ranking(List<Deployment> order, Set<String> first) {
    /** @param random gives a number from 0 to below its argument */
    static Ranking of(Alias alias, Catalogue catalogue, IntUnaryOperator random) {
        var order = new ArrayList<Deployment>();
        var first = new HashSet<String>();
        var group = new ArrayList<Deployment>();
        for (var key : alias.deployments()) {
            var deployment = catalogue.deployment(key);
            if (deployment.isEmpty()) continue;
            if (!group.isEmpty()
                    && !group.getFirst().model().equals(deployment.get().model())) {
                drain(group, order, first, random);
            }
            group.add(deployment.get());
        }
        drain(group, order, first, random);
        return new Ranking(List.copyOf(order), Set.copyOf(first));
    }

    /** Neighbours with the same model, drawn by their weights. */
    private static void drain(
            List<Deployment> group, List<Deployment> order, Set<String> first, IntUnaryOperator random) {
        if (order.isEmpty()) group.forEach(one -> first.add(one.key()));
        while (!group.isEmpty()) {
            var weight = group.stream().mapToInt(one -> one.traits().weight()).sum();
            var drawn = weight == 0 ? 0 : at(group, random.applyAsInt(weight));
            order.add(group.remove(drawn));
        }
    }

    private static int at(List<Deployment> group, int drawn) {
        var passed = 0;
        for (var i = 0; i < group.size(); i++) {
            passed += group.get(i).traits().weight();
            if (drawn < passed) return i;
        }
        return 0;
    }

    /** The same with one deployment before all others. */
    Ranking ahead(String key) {
        var changed = new ArrayList<>(order);
        for (var deployment : order) {
            if (!deployment.key().equals(key)) continue;
            changed.remove(deployment);
            changed.addFirst(deployment);
        }
        return new Ranking(List.copyOf(changed), first);
    }
}
