package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.TrialMode;
import java.util.Optional;

/**
 * What is to be on of one plugin. Immutable.
 *
 * @param wanted hash of the version that is to serve; empty when none is
 * @param good hash of the version that served last without trouble
 * @param trying hash of the version that is being started; found after a crash, it is what the hub died of
 * @param tries how often in a row the hub died of it
 * @param approved what an admin has agreed to
 * @param candidate is tried beside what serves
 * @param arrivals how new versions are tried first; empty when they serve at once
 */
record WantedPlugin(
        String id,
        Optional<String> wanted,
        Optional<String> good,
        Optional<String> trying,
        int tries,
        Permissions approved,
        Optional<Candidate> candidate,
        Optional<TrialMode> arrivals) {

    /** A version on trial. */
    record Candidate(String sha256, TrialMode mode) {}
}
