package io.kefuhub.core.provisioning;

import io.kefuhub.core.rules.LiveRules;
import io.kefuhub.core.rules.RuleBook;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the numbers by which the hub answers be as a file declares them. */
public final class DeclaredRules implements Target<Declarations.Rules> {
    private final LiveRules rules;

    public DeclaredRules(LiveRules rules) {
        this.rules = rules;
    }

    @Override
    public Set<String> files() {
        return rules.now().managedBy().map(Set::of).orElse(Set.of());
    }

    @Override
    public void apply(String file, List<Declarations.Rules> declared) {
        var now = rules.now();
        if (declared.isEmpty()) {
            if (now.managedBy().equals(Optional.of(file))) rules.change(actor(file), now.values(), Optional.empty());
            return;
        }
        // A file holds one such section.
        var wanted = declared.getFirst();
        switch (rules.book().read(wanted.wanted())) {
            case RuleBook.Read.Fit(var values) -> rules.change(actor(file), values, Optional.of(file));
            case RuleBook.Read.Unfit(var flaw) ->
                throw new UnfitException(wanted.places().getOrDefault(flaw.field(), wanted.at()), flaw.why());
        }
    }

    private static String actor(String file) {
        return "file:" + file;
    }
}
