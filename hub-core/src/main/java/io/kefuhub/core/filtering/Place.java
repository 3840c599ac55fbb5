package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Filter;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Trial;
import java.util.Optional;

/**
 * One filter's place in the chain, as it is for one message. Immutable; settled before the message sets out, so that a
 * walk that begins again asks the same filters.
 *
 * @param servingJudges whether the serving filter judges at the message's stage
 * @param trial what stands beside it
 * @param candidateCounts whether the candidate is asked first, and believed
 * @param candidateJudges whether the candidate, if it counts, judges at the message's stage
 */
record Place(
        Slot<Filter> serving,
        boolean servingJudges,
        Optional<Trial<Filter>> trial,
        boolean candidateCounts,
        boolean candidateJudges) {}
