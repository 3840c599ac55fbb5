package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Json;
import java.util.Optional;

/**
 * How a version is tried, in the words of the API and the database. Immutable.
 *
 * @param mode {@code shadow} or {@code canary}
 * @param percent of the conversations, 1 to 100; for a canary only
 */
record TrialTerms(String mode, Optional<Integer> percent) {
    static TrialTerms of(TrialMode mode) {
        return switch (mode) {
            case TrialMode.Shadow() -> new TrialTerms("shadow", Optional.empty());
            case TrialMode.Canary(var share) -> new TrialTerms("canary", Optional.of(share));
        };
    }

    /** Empty when these are no terms. */
    Optional<TrialMode> asMode() {
        return switch (mode) {
            case "shadow" -> percent.isPresent() ? Optional.empty() : Optional.of(new TrialMode.Shadow());
            case "canary" -> percent.filter(share -> share >= 1 && share <= 100).map(TrialMode.Canary::new);
            default -> Optional.empty();
        };
    }

    static String write(TrialMode mode) {
        return Json.text(of(mode));
    }

    static TrialMode read(String json) {
        return Json.parse(json, TrialTerms.class)
                .asMode()
                .orElseThrow(() -> new IllegalStateException("no terms of a trial: " + json));
    }
}
