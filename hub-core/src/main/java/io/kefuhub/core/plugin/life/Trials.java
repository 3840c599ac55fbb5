package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.Trial;
import io.kefuhub.core.plugin.TrialLimits;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.TrialReport;
import io.kefuhub.core.web.Words;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Versions that are tried beside those that serve, one a plugin at most. Changed by one thread, that of
 * {@link PluginLife}; looking is safe for all.
 */
final class Trials {
    private final Contributions contributions;
    private final Instances instances;
    private final InstantSource clock;
    private final Consumer<TakeBack> listener;
    private final Map<String, OnTrial> running = new ConcurrentHashMap<>();
    /** The last one of each plugin, once it is over. */
    private final Map<String, TrialSummary> past = new ConcurrentHashMap<>();

    /** A version on trial, and what was made of it. */
    record OnTrial(LoadedVersion version, TrialMode mode, Candidates candidates) {}

    /** @param listener told when a candidate is taken back, on any thread */
    Trials(Contributions contributions, Instances instances, InstantSource clock, Consumer<TakeBack> listener) {
        this.contributions = contributions;
        this.instances = instances;
        this.clock = clock;
        this.listener = listener;
    }

    Optional<OnTrial> running(String plugin) {
        return Optional.ofNullable(running.get(plugin));
    }

    /** Lets a version's instances run beside those that serve. */
    void begin(OnTrial next) {
        contributions.change(draft -> next.candidates().slots().forEach(slot -> draft.begin(trial(slot, next.mode()))));
        past.remove(next.version().kept().plugin());
        running.put(next.version().kept().plugin(), next);
    }

    private <T extends AutoCloseable> Trial<T> trial(Slot<T> candidate, TrialMode mode) {
        return Trial.of(candidate, mode, TrialLimits.USUAL, clock, listener);
    }

    /** Puts a running trial under other terms; its numbers stay, unless a shadow becomes a canary or the reverse. */
    void change(String plugin, TrialMode mode) {
        var one = running.get(plugin);
        if (one == null) return;
        contributions.change(draft -> contributions.now().trials().stream()
                .filter(trial -> one.candidates().slots().contains(trial.candidate()))
                .forEach(trial -> draft.change(trial.with(mode, trial.limits()))));
        running.put(plugin, new OnTrial(one.version(), mode, one.candidates()));
    }

    /** Ends a plugin's trial; what was tried is the caller's to drain and unload. */
    Optional<OnTrial> end(String plugin, Words why) {
        var one = running.get(plugin);
        if (one == null) return Optional.empty();
        past.put(plugin, summary(one).ended(why));
        running.remove(plugin);
        contributions.change(
                draft -> one.candidates().slots().forEach(slot -> draft.end(slot.kind(), slot.instance())));
        return Optional.of(one);
    }

    /** Ends all of them. */
    List<OnTrial> endAll(Words why) {
        return List.copyOf(running.keySet()).stream()
                .flatMap(plugin -> end(plugin, why).stream())
                .toList();
    }

    /** The plugin of which a version is tried beside an instance. */
    Optional<String> owner(InstanceName name) {
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().candidates().of(name).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Makes the candidate of an instance anew, whose settings have changed.
     *
     * @return why it cannot be made; then the trial is to be ended
     */
    Optional<Words> follow(InstanceName name) {
        var there = owner(name).flatMap(this::running);
        if (there.isEmpty()) return Optional.empty();
        var one = there.get();
        contributions.change(draft -> draft.end(name.kind(), name.key()));
        var problem = one.candidates().renew(name);
        if (problem.isEmpty()) {
            one.candidates()
                    .of(name)
                    .ifPresent(slot -> contributions.change(draft -> draft.begin(trial(slot, one.mode()))));
        }
        return problem;
    }

    /** The trial that a verdict is about; empty when it is over already. */
    Optional<String> plugin(TakeBack verdict) {
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().candidates().slots().stream()
                        .anyMatch(slot -> slot.generation() == verdict.generation()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** How the running trial of a plugin fares, or the last one fared. */
    Optional<TrialSummary> summary(String plugin) {
        return running(plugin).map(this::summary).or(() -> Optional.ofNullable(past.get(plugin)));
    }

    private TrialSummary summary(OnTrial one) {
        var reports = new LinkedHashMap<InstanceName, TrialReport>();
        for (var slot : one.candidates().slots()) {
            contributions
                    .now()
                    .trial(slot.kind(), slot.instance())
                    .filter(trial -> trial.candidate() == slot)
                    .ifPresent(trial -> reports.put(new InstanceName(slot.kind(), slot.instance()), trial.report()));
        }
        var kept = one.version().kept();
        return new TrialSummary(kept.sha256(), kept.version(), one.mode(), reports, Optional.empty());
    }
}
