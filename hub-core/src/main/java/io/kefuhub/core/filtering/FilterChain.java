package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks the filters in the admin's order until one stops the message. Safe for threads. */
public final class FilterChain {
    private final Contributions contributions;
    private final Guard guard;

    public FilterChain(Contributions contributions, Guard guard) {
        this.contributions = contributions;
        this.guard = guard;
    }

    public Filtered apply(Message original, Facts facts, Stage stage) {
        var filters = contributions.filters();
        if (filters.isEmpty()) return new Filtered.Through(original, false, List.of());
        return guard.walk(filters, () -> ask(filters, original, facts, stage));
    }

    private Filtered ask(List<Slot<Filter>> filters, Message original, Facts facts, Stage stage) {
        var message = original;
        var changed = false;
        var trail = new ArrayList<Judged>(filters.size());
        for (var filter : filters) {
            if (!guard.stages(filter).contains(stage)) continue;
            var asked = guard.apply(filter, message, facts, stage);
            var name = filter.instance();
            switch (asked) {
                case Asked.Answered<Verdict>(var verdict, var nanos) -> {
                    trail.add(new Judged(name, version(filter), word(verdict), verdict.tags(), nanos / 1_000));
                    switch (verdict) {
                        case Verdict.Pass _ -> {}
                        case Verdict.Rewrite(var parts, var _, var _) -> {
                            message = message.withParts(parts);
                            changed = true;
                        }
                        case Verdict.Hold(var reason, var _) -> {
                            return new Filtered.Held(message, name, reason, List.copyOf(trail));
                        }
                        case Verdict.Block(var reason, var words, var _) -> {
                            return new Filtered.Blocked(message, name, reason, words, List.copyOf(trail));
                        }
                    }
                }
                case Asked.Failed<Verdict> _, Asked.Late<Verdict> _, Asked.Unavailable<Verdict> _ -> {
                    trail.add(new Judged(name, version(filter), asked.problem(), Set.of(), 0));
                    if (filter.terms().whenFailed() == Terms.WhenFailed.HOLD) {
                        return new Filtered.Held(message, name, asked.problem(), List.copyOf(trail));
                    }
                }
            }
        }
        return new Filtered.Through(message, changed, List.copyOf(trail));
    }

    private static String version(Slot<Filter> filter) {
        return filter.plugin().version();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _ -> "pass";
            case Verdict.Rewrite _ -> "rewrite";
            case Verdict.Hold _ -> "hold";
            case Verdict.Block _ -> "block";
        };
    }
}
