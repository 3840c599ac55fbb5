package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Outcome;
import io.kefuhub.core.plugin.Slot;
import java.util.Set;

/**
 * What one filter said, for the trace.
 *
 * @param version of the plugin it belongs to
 * @param candidate whether it was the one on trial; where it failed, the serving one comes next
 * @param verdict {@code pass}, {@code rewrite}, {@code hold}, {@code block}, or what its failure was
 */
public record Judged(String filter, String version, boolean candidate, String verdict, Set<String> tags, long micros) {
    static Judged by(Slot<Filter> slot, boolean candidate, Asked<Verdict> asked) {
        var name = slot.instance();
        var version = slot.plugin().version();
        return asked instanceof Asked.Answered<Verdict>(var verdict, var nanos)
                ? new Judged(name, version, candidate, Outcome.of(verdict).word(), verdict.tags(), nanos / 1_000)
                : new Judged(name, version, candidate, asked.problem(), Set.of(), 0);
    }
}
