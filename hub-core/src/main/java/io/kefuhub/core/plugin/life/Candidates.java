package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.Words;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was made of a version on trial: of each filter and responder that serves from its plugin, another generation
 * with the same settings. One thread only.
 */
final class Candidates {
    /** Kinds whose answers can be compared. */
    private static final Set<Kind> KINDS = Set.of(Kind.FILTER, Kind.RESPONDER);

    private final Instances instances;
    private final Collection<Offer<?>> offers;
    private final Map<InstanceName, Instances.Live<?>> made = new LinkedHashMap<>();
    private Optional<Words> problem = Optional.empty();

    Candidates(Instances instances, Collection<Offer<?>> offers) {
        this.instances = instances;
        this.offers = offers;
        for (var spec : instances.serving()) {
            if (problem.isEmpty() && KINDS.contains(spec.kind())) make(spec);
        }
    }

    private void make(InstanceSpec spec) {
        var offer = offers.stream()
                .filter(one ->
                        one.kind() == spec.kind() && one.description().id().equals(spec.contribution()))
                .findFirst();
        if (offer.isEmpty()) return;
        var change = instances.candidate(spec, offer.get());
        made.putAll(change.made());
        problem = change.problems().stream().findFirst().map(found -> words(spec, found));
    }

    private static Words words(InstanceSpec spec, CheckResult.Problem problem) {
        var text = Words.of(SettingProblem.sentence(problem));
        return new Words(
                "\"" + spec.key() + "\" would not work with it: " + text.en(),
                "“" + spec.key() + "”在新版本下无法工作：" + text.zh());
    }

    /** Why one of them cannot be made. */
    Optional<Words> problem() {
        return problem;
    }

    List<Slot<?>> slots() {
        return made.values().stream().<Slot<?>>map(Instances.Live::slot).toList();
    }

    Optional<Slot<?>> of(InstanceName name) {
        return Optional.ofNullable(made.get(name)).map(Instances.Live::slot);
    }

    /** Makes the one of an instance anew, with the settings it has now, or none when it serves no more. */
    Optional<Words> renew(InstanceName name) {
        var before = Optional.ofNullable(made.remove(name)).map(Instances.Old::gone).stream()
                .toList();
        Thread.ofVirtual().name("drain-" + name.key()).start(() -> instances.drain(before));
        instances.serving().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .ifPresent(this::make);
        return problem;
    }

    /** All of them as what is to be drained. */
    List<Instances.Old> olds() {
        return made.values().stream().map(Instances.Old::gone).toList();
    }
}
