package io.kefuhub.core.plugin.life;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Terms;
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
        return new Terms(
                choices.deadline().orElse(spec.kind().deadline()), whenFailed, new Scope(choices.desks(), skipped));
    }
}
