package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts together what the console shows of plugins. Safe for threads. */
final class PluginCards {
    private static final Set<Activation.Outcome> NOT_WELL = Set.of(
            Activation.Outcome.REFUSED,
            Activation.Outcome.QUARANTINED,
            Activation.Outcome.TAKEN_BACK,
            Activation.Outcome.ASKING);

    private final Contributions contributions;
    private final Instances instances;
    private final Records records;
    private final Trials trials;

    PluginCards(Contributions contributions, Instances instances, Records records, Trials trials) {
        this.contributions = contributions;
        this.instances = instances;
        this.records = records;
        this.trials = trials;
    }

    List<PluginCard> all(
            Map<String, KeptVersion> serving, Function<String, List<StayedVersion>> leaks, Language language) {
        var versions = new LinkedHashMap<String, List<KeptVersion>>();
        records.versions()
                .forEach(kept -> versions.computeIfAbsent(kept.plugin(), _ -> new ArrayList<>())
                        .add(kept));
        var last = records.lastOutcomes();
        var wanted = records.wanted();
        var served = records.served();
        var cards = new ArrayList<PluginCard>();
        versions.forEach((plugin, kept) -> cards.add(card(
                plugin,
                kept,
                Optional.ofNullable(serving.get(plugin)),
                Optional.ofNullable(last.get(plugin)),
                leaks.apply(plugin),
                Optional.ofNullable(wanted.get(plugin)),
                served,
                language)));
        return cards;
    }

    private PluginCard card(
            String plugin,
            List<KeptVersion> versions,
            Optional<KeptVersion> serving,
            Optional<Activation> last,
            List<StayedVersion> leaks,
            Optional<WantedPlugin> wanted,
            Set<String> served,
            Language language) {
        var approved = wanted.map(WantedPlugin::approved).orElse(Permissions.NONE);
        var snapshot = contributions.now();
        var slots = snapshot.slots().stream()
                .filter(slot -> slot.plugin().id().equals(plugin))
                .toList();
        var counts = slots.stream().map(Slot::counters).toList();
        var failed = last.filter(one -> one.outcome().filter(NOT_WELL::contains).isPresent());
        var shown = serving.orElse(versions.getFirst()).profile();
        var title = VersionProfile.in(shown.titles(), language);
        return new PluginCard(
                plugin,
                title.isEmpty() ? plugin : title,
                VersionProfile.in(shown.descriptions(), language),
                shown.provider(),
                state(serving, failed),
                failed.flatMap(Activation::reason).map(words -> words.in(language)),
                serving.map(kept -> version(kept, true, true, approved, language)),
                snapshot.offers().stream()
                        .filter(offer -> offer.plugin().id().equals(plugin))
                        .map(offer -> offer(offer, language))
                        .toList(),
                instances(plugin, versions),
                counts.stream().mapToLong(count -> count.calls()).sum(),
                counts.stream().mapToLong(count -> count.errors()).sum(),
                counts.stream().mapToLong(count -> count.late()).sum(),
                slots.stream().anyMatch(Slot::isResting),
                versions.stream()
                        .map(kept ->
                                version(kept, isIt(serving, kept), served.contains(kept.sha256()), approved, language))
                        .toList(),
                trials.summary(plugin).map(summary -> TrialCard.of(summary, language)),
                wanted.flatMap(WantedPlugin::arrivals).map(TrialTerms::of),
                leaks);
    }

    private static boolean isIt(Optional<KeptVersion> serving, KeptVersion kept) {
        return serving.filter(one -> one.sha256().equals(kept.sha256())).isPresent();
    }

    private static String state(Optional<KeptVersion> serving, Optional<Activation> failed) {
        if (serving.isPresent()) return "serving";
        return failed.flatMap(Activation::outcome)
                .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                .orElse("off");
    }

    private static PluginCard.VersionCard version(
            KeptVersion kept, boolean serves, boolean served, Permissions approved, Language language) {
        var profile = kept.profile();
        return new PluginCard.VersionCard(
                kept.sha256(),
                kept.version(),
                kept.fileName(),
                kept.origin().name().toLowerCase(Locale.ROOT),
                kept.firstSeen(),
                serves,
                served,
                kept.setAside().map(words -> words.in(language)),
                profile.asks(),
                Optional.of(profile.asks().permissions().beyond(approved))
                        .filter(more -> !more.isNone())
                        .map(VersionProfile.Asked::of),
                profile.signer(),
                profile.warnings().stream().map(words -> words.in(language)).toList());
    }

    private static PluginCard.OfferCard offer(Offer<?> offer, Language language) {
        return new PluginCard.OfferCard(
                offer.kind().name().toLowerCase(Locale.ROOT),
                offer.description().id(),
                offer.description().title(language));
    }

    /** Whose an instance is says who offers it now, or else who did when it was last there. */
    private List<PluginCard.InstanceRef> instances(String plugin, List<KeptVersion> versions) {
        var snapshot = contributions.now();
        var last = versions.stream()
                .map(KeptVersion::profile)
                .filter(profile -> profile.offers().isPresent())
                .findFirst();
        return instances.all().stream()
                .filter(spec -> snapshot.offer(spec.kind(), spec.contribution())
                        .map(offer -> offer.plugin().id().equals(plugin))
                        .orElseGet(
                                () -> last.filter(profile -> profile.isOf(spec)).isPresent()))
                .map(spec -> new PluginCard.InstanceRef(
                        spec.kind().name().toLowerCase(Locale.ROOT),
                        spec.key(),
                        spec.title(),
                        InstanceCard.word(instances.state(spec.name()))))
                .toList();
    }
}
