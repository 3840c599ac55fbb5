package io.kefuhub.core.filtering;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.core.plugin.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How a filter that serves fares, as the console shows it. Immutable.
 *
 * @param deadlineMs that holds now, chosen or usual
 * @param whenFailed what its failure means now, chosen or as its maker says
 * @param failures the latest first
 */
record FilterNumbers(
        String key,
        String version,
        long deadlineMs,
        String whenFailed,
        Verdicts.Count hour,
        Verdicts.Count day,
        Verdicts.Count sinceStart,
        List<FailureView> failures) {
    record FailureView(Instant at, String version, String why) {}

    static FilterNumbers of(Slot<Filter> filter, Verdicts.Known known, Language language) {
        return new FilterNumbers(
                filter.instance(),
                filter.plugin().version(),
                filter.terms().deadline().toMillis(),
                filter.terms().whenFailed().name().toLowerCase(Locale.ROOT),
                known.hour(),
                known.day(),
                known.sinceStart(),
                known.failures().stream()
                        .map(one -> new FailureView(
                                one.at(), one.version(), one.why().words().in(language)))
                        .toList());
    }
}
