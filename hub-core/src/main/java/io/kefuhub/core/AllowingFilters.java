package io.kefuhub.core;

import io.kefuhub.core.desk.review.Review;
import io.kefuhub.core.plugin.life.Allowing;
import io.kefuhub.core.plugin.life.InstanceChanges;
import io.kefuhub.core.web.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Joins the review queue to the settings of filters. Safe for threads. */
final class AllowingFilters implements Review.Allowances {
    private final Supplier<? extends Map<String, UUID>> desks;
    private volatile Optional<InstanceChanges> changes = Optional.empty();

    /** @param desks ids of the desks by key */
    AllowingFilters(Supplier<? extends Map<String, UUID>> desks) {
        this.desks = desks;
    }

    /** Who changes comes later than who asks. */
    void by(InstanceChanges settings) {
        changes = Optional.of(settings);
    }

    @Override
    public boolean can(String filter) {
        return changes.map(settings -> settings.canAllow(filter)).orElse(false);
    }

    /** Whoever may read all desks may; the others, where the filter judges for theirs alone. */
    @Override
    public Allowing allow(String filter, String line, Caller caller) {
        return changes.<Allowing>map(settings -> settings.allow(
                        filter,
                        line,
                        keys -> caller.desks().isEmpty()
                                || (!keys.isEmpty() && keys.stream().allMatch(key -> isTheirs(caller, key))),
                        caller.actor()))
                .orElseGet(Allowing.NoList::new);
    }

    private boolean isTheirs(Caller caller, String key) {
        return Optional.ofNullable(desks.get().get(key))
                .filter(caller.desks()::contains)
                .isPresent();
    }
}
