package io.kefuhub.core;

import io.kefuhub.core.desk.Concerned;
import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.money.MoneyRoom;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Keeps count of what of models and money wants a person, and tells each change of it. Safe for threads. */
final class Concerns {
    private final InstantSource clock;
    private final Consumer<Concerned> told;
    private int models;
    private int budgets;

    /** @param told must not wait */
    Concerns(InstantSource clock, Consumer<Concerned> told) {
        this.clock = clock;
        this.told = told;
    }

    /** Counts now, and whenever there may be another number. */
    void follow(CatalogueKeeper keeper, MoneyRoom money) {
        keeper.listen(catalogue -> models(off(catalogue)));
        money.listenToLooks(() -> budgets(money.pressing()));
    }

    private static int off(Catalogue catalogue) {
        return (int) catalogue.deployments().values().stream()
                .filter(Deployment::enabled)
                .filter(deployment -> deployment.off().isPresent())
                .count();
    }

    private synchronized void models(int now) {
        if (now == models) return;
        models = now;
        tell();
    }

    private synchronized void budgets(int now) {
        if (now == budgets) return;
        budgets = now;
        tell();
    }

    private void tell() {
        told.accept(new Concerned(models, budgets, clock.instant()));
    }
}
