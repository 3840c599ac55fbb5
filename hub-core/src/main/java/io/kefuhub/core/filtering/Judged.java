package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Outcome;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.plugin.Slot;
import java.util.Set;

/**
 * What one filter said, for the trace.
 *
 * @param version of the plugin it belongs to
 * @param candidate whether it was the one on trial; where it failed, the serving one comes next
 * @param verdict {@code pass}, {@code rewrite}, {@code hold}, {@code block}, or {@code failed}
 * @param reason why it held, blocked or failed
 */
public record Judged(
        String filter,
        String version,
        boolean candidate,
        String verdict,
        Reason reason,
        Set<String> tags,
        long micros) {
    static Judged by(Slot<Filter> slot, boolean candidate, Asked<Verdict> asked) {
        var name = slot.instance();
        var version = slot.plugin().version();
        if (!(asked instanceof Asked.Answered<Verdict>(var verdict, var nanos))) {
            return new Judged(name, version, candidate, "failed", asked.why(), Set.of(), 0);
        }
        var word = Outcome.of(verdict).word();
        var reason = Reason.of(slot, reason(verdict));
        return new Judged(name, version, candidate, word, reason, verdict.tags(), nanos / 1_000);
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _, Verdict.Rewrite _ -> "";
            case Verdict.Hold(var reason, var _, var _) -> reason;
            case Verdict.Block(var reason, var _, var _) -> reason;
        };
    }
}
