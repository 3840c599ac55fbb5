package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.TrialReport;
import io.kefuhub.core.web.Words;
import java.util.Map;
import java.util.Optional;

/**
 * How a version on trial fares, or fared. Immutable; holds nothing of the version itself.
 *
 * @param reports by instance
 * @param ended why it is over; empty while it goes on
 */
record TrialSummary(
        String sha256, String version, TrialMode mode, Map<InstanceName, TrialReport> reports, Optional<Words> ended) {
    TrialSummary {
        reports = Map.copyOf(reports);
    }

    TrialSummary ended(Words why) {
        return new TrialSummary(sha256, version, mode, reports, Optional.of(why));
    }
}
