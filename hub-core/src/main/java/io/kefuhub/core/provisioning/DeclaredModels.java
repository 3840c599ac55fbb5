package io.kefuhub.core.provisioning;

import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Flaw;
import io.kefuhub.core.models.catalogue.Flaws;
import io.kefuhub.core.models.catalogue.PriceGate;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.web.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes deployments, aliases and the rules for all of them be as files declare them: of one file all or nothing. */
public final class DeclaredModels implements Target<Declarations.Model> {
    private final CatalogueKeeper keeper;
    private final PriceGate gate;
    private final Supplier<Map<String, UUID>> desks;

    /** @param desks the desks there are, by key */
    public DeclaredModels(CatalogueKeeper keeper, PriceGate gate, Supplier<Map<String, UUID>> desks) {
        this.keeper = keeper;
        this.gate = gate;
        this.desks = desks;
    }

    @Override
    public Set<String> files() {
        var files = new HashSet<String>();
        var now = keeper.now();
        now.deployments().values().forEach(one -> one.managedBy().ifPresent(files::add));
        now.aliases().values().forEach(one -> one.managedBy().ifPresent(files::add));
        keeper.rulesManagedBy().ifPresent(files::add);
        return files;
    }

    @Override
    public void apply(String file, List<Declarations.Model> declared) {
        if (declared.isEmpty() && !files().contains(file)) return;
        var known = desks.get().keySet();
        if (isAsKept(file, declared)) return;
        keeper.change("file:" + file, change -> {
            var by = Optional.of(file);
            var kept = new HashSet<String>();
            for (var one : declared) {
                switch (one) {
                    case Declarations.Model.OfDeployment(var at, var deployment) -> {
                        var before = Optional.ofNullable(change.deployments().get(deployment.key()));
                        refuse(at, Flaws.in(deployment).or(() -> gate.in(deployment, before)));
                        kept.add("deployment:" + deployment.key());
                        keep(change, deployment.withManagedBy(by));
                    }
                    case Declarations.Model.OfAlias _, Declarations.Model.OfRules _ -> {}
                }
            }
            for (var one : declared) {
                switch (one) {
                    case Declarations.Model.OfDeployment _ -> {}
                    case Declarations.Model.OfAlias(var at, var alias) -> {
                        refuse(at, Flaws.in(alias, change.deployments().keySet()));
                        kept.add("alias:" + alias.name());
                        keep(change, alias.withManagedBy(by));
                    }
                    case Declarations.Model.OfRules(var at, var rules) -> {
                        refuse(at, Flaws.in(rules, known));
                        kept.add("rules");
                        if (!isAsKept(rules, by)) change.keep(rules, by);
                    }
                }
            }
            leave(change, by, kept);
            return true;
        });
    }

    /** Whether the file says what is kept under its name already, and nothing else is. */
    private boolean isAsKept(String file, List<Declarations.Model> declared) {
        var by = Optional.of(file);
        var now = keeper.now();
        var theirs = now.deployments().values().stream()
                        .filter(one -> one.managedBy().equals(by))
                        .count()
                + now.aliases().values().stream()
                        .filter(one -> one.managedBy().equals(by))
                        .count()
                + (keeper.rulesManagedBy().equals(by) ? 1 : 0);
        return theirs == declared.size()
                && declared.stream().allMatch(one -> switch (one) {
                    case Declarations.Model.OfDeployment(var _, var deployment) ->
                        now.deployment(deployment.key())
                                .map(kept -> kept.withOff(Optional.empty()))
                                .equals(Optional.of(deployment.withManagedBy(by)));
                    case Declarations.Model.OfAlias(var _, var alias) ->
                        now.alias(alias.name()).equals(Optional.of(alias.withManagedBy(by)));
                    case Declarations.Model.OfRules(var _, var rules) -> isAsKept(rules, by);
                });
    }

    private static void keep(CatalogueKeeper.Change change, Deployment wanted) {
        var before = Optional.ofNullable(change.deployments().get(wanted.key()));
        // What the hub switched off by itself is not switched on by reading the same again.
        if (before.map(one -> one.withOff(Optional.empty())).equals(Optional.of(wanted))) return;
        change.keep(wanted);
    }

    private static void keep(CatalogueKeeper.Change change, Alias wanted) {
        if (!wanted.equals(change.aliases().get(wanted.name()))) change.keep(wanted);
    }

    private boolean isAsKept(Rules rules, Optional<String> by) {
        return keeper.now().rules().equals(rules) && keeper.rulesManagedBy().equals(by);
    }

    /** What the file declared once and no longer does: deployments are switched off, aliases go, rules are free again. */
    private void leave(CatalogueKeeper.Change change, Optional<String> by, Set<String> kept) {
        for (var alias : List.copyOf(change.aliases().values())) {
            if (alias.managedBy().equals(by) && !kept.contains("alias:" + alias.name()))
                change.forgetAlias(alias.name());
        }
        for (var deployment : List.copyOf(change.deployments().values())) {
            if (!deployment.managedBy().equals(by) || kept.contains("deployment:" + deployment.key())) continue;
            change.keep(deployment.withEnabled(false).withManagedBy(Optional.empty()));
        }
        if (keeper.rulesManagedBy().equals(by) && !kept.contains("rules")) {
            change.keep(keeper.now().rules(), Optional.empty());
        }
    }

    private static void refuse(Where at, Optional<Flaw> flaw) {
        flaw.ifPresent(one -> {
            var words = one.words();
            throw new UnfitException(at, new Words(one.field() + ": " + words.en(), one.field() + "：" + words.zh()));
        });
    }
}
