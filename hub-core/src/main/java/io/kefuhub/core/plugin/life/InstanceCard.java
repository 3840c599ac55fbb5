package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An instance as the console shows it. Immutable.
 *
 * @param settings those that are no secret
 * @param secrets keys of the secrets that are set
 * @param stages at which it judges, as it says itself; absent for what is no filter, and while it does not serve
 * @param state {@code serving}, {@code off}, {@code no-plugin}, {@code broken}, or {@code outdated} (an earlier
 *     generation goes on, because what was wanted since does not work)
 * @param meanMicros of a call
 * @param p50Micros half of the calls took at most this
 */
record InstanceCard(
        String kind,
        String key,
        String title,
        String contribution,
        Optional<String> contributionTitle,
        Optional<String> plugin,
        Map<String, String> settings,
        List<String> secrets,
        boolean enabled,
        Set<String> desks,
        Optional<List<String>> stages,
        Set<String> skippedStages,
        Optional<Long> deadlineMs,
        Optional<String> whenFailed,
        Optional<String> managedBy,
        String state,
        List<SettingProblem> problems,
        long calls,
        long errors,
        long late,
        long meanMicros,
        long p50Micros,
        long p99Micros,
        boolean resting) {

    /** @param stages that it has said, empty when it has said none */
    static InstanceCard of(
            InstanceSpec spec, InstanceState state, Set<Stage> stages, Contributions contributions, Language language) {
        var offer = contributions.now().offer(spec.kind(), spec.contribution());
        Optional<Slot<?>> slot = contributions.now().slot(spec.kind(), spec.key());
        var shown = new HashMap<>(spec.settings());
        var secrets = spec.settings().keySet().stream()
                .filter(key -> SealedSettings.isSecret(offer.map(Offer::description), key))
                .sorted()
                .toList();
        shown.keySet().removeAll(secrets);
        var count = slot.map(Slot::counters);
        return new InstanceCard(
                name(spec),
                spec.key(),
                spec.title(),
                spec.contribution(),
                offer.map(one -> one.description().title(language)),
                offer.map(one -> one.plugin().id()),
                shown,
                secrets,
                spec.enabled(),
                spec.choices().desks(),
                Optional.of(stages.stream().sorted().map(Stage::name).toList()).filter(all -> !all.isEmpty()),
                spec.choices().skipped(),
                spec.choices().deadline().map(Duration::toMillis),
                spec.choices().whenFailed().map(one -> one.name().toLowerCase(Locale.ROOT)),
                spec.managedBy(),
                word(state),
                state instanceof InstanceState.Broken(var problems, var _)
                        ? SettingProblem.in(problems, language)
                        : List.of(),
                count.map(one -> one.calls()).orElse(0L),
                count.map(one -> one.errors()).orElse(0L),
                count.map(one -> one.late()).orElse(0L),
                count.filter(one -> one.calls() > 0)
                        .map(one -> one.nanos() / one.calls() / 1_000)
                        .orElse(0L),
                micros(slot, 0.5),
                micros(slot, 0.99),
                slot.map(Slot::isResting).orElse(false));
    }

    private static long micros(Optional<Slot<?>> slot, double share) {
        return slot.map(one -> one.latency(share).toNanos() / 1_000).orElse(0L);
    }

    private static String name(InstanceSpec spec) {
        return spec.kind().name().toLowerCase(Locale.ROOT);
    }

    static String word(InstanceState state) {
        return switch (state) {
            case InstanceState.Serving() -> "serving";
            case InstanceState.Off() -> "off";
            case InstanceState.NoPlugin(var _) -> "no-plugin";
            case InstanceState.Broken(var _, var stillServing) -> stillServing ? "outdated" : "broken";
        };
    }
}
