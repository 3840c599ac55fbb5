package io.kefuhub.core.plugin.life;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Terms;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What an admin chose for an instance, and what holds where nothing was chosen. */
final class TermsOf {
    private TermsOf() {}

    static Terms instance(InstanceSpec spec, Offer<?> offer, Guard guard) {
        var choices = spec.choices();
        var skipped = Arrays.stream(Stage.values())
                .filter(stage -> choices.skipped().contains(stage.name()))
                .collect(Collectors.toSet());
        var whenFailed = choices.whenFailed()
                .orElseGet(() -> spec.kind() == Kind.FILTER ? guard.whenFailed(offer) : Terms.WhenFailed.PASS);
        return new Terms(deadline(spec, guard), whenFailed, new Scope(choices.desks(), skipped));
    }

    /** Calls to models are ended by those who ask, at their own deadlines; the door must not close before. */
    private static Duration deadline(InstanceSpec spec, Guard guard) {
        var usual = guard.usualTerms(spec.kind()).deadline();
        var chosen = spec.choices().deadline().orElse(usual);
        return spec.kind() == Kind.AI_PROVIDER && chosen.compareTo(usual) < 0 ? usual : chosen;
    }
}
