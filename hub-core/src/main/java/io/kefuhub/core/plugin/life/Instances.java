package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.config.UnreadableSecretException;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live instances of all contributions, one generation after the other.
 *
 * <p>A change is made ready first: the new generations are made and checked while the old ones serve. Then all of them
 * are swapped in by one write, and what they replace is drained. Changing is done by one thread at a time, that of
 * {@link PluginLife}; looking is safe for all.
 */
public final class Instances {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Contributions contributions;
    private final Guard guard;
    private final SealedSettings sealed;
    private final Map<Kind, Host<?>> hosts = new EnumMap<>(Kind.class);
    private final Map<InstanceName, Live<?>> live = new LinkedHashMap<>();
    /** Of instances that are off, as far as their host wants them; nobody but the host gets to them. */
    private final Map<InstanceName, Live<?>> standby = new LinkedHashMap<>();

    private final Map<InstanceName, List<CheckResult.Problem>> broken = new HashMap<>();
    private volatile Map<InstanceName, List<CheckResult.Problem>> cannotStand = Map.of();
    private volatile Map<InstanceName, InstanceSpec> specs = Map.of();
    private volatile Map<InstanceName, InstanceState> states = Map.of();

    /** An instance that was made. */
    record Live<T extends AutoCloseable>(Host<T> host, InstanceSpec spec, Slot<T> slot, Lent lent) {
        Live<T> with(InstanceSpec changed) {
            return new Live<>(host, changed, slot, lent);
        }
    }

    public Instances(Contributions contributions, Guard guard, SealedSettings sealed, List<? extends Host<?>> hosts) {
        this.contributions = contributions;
        this.guard = guard;
        this.sealed = sealed;
        hosts.forEach(host -> this.hosts.put(host.kind(), host));
    }

    public Optional<Host<?>> host(Kind kind) {
        return Optional.ofNullable(hosts.get(kind));
    }

    /** Every instance that is kept, by kind and in order. */
    public List<InstanceSpec> all() {
        return List.copyOf(specs.values());
    }

    public Optional<InstanceSpec> find(InstanceName name) {
        return Optional.ofNullable(specs.get(name));
    }

    public InstanceState state(InstanceName name) {
        return states.getOrDefault(name, new InstanceState.Off());
    }

    /** At which stages a filter that serves judges; none for anything else. */
    Set<Stage> stages(InstanceName name) {
        if (name.kind() != Kind.FILTER) return Set.of();
        return contributions.filters().stream()
                .filter(slot -> slot.instance().equals(name.key()))
                .findFirst()
                .flatMap(guard::knownStages)
                .orElse(Set.of());
    }

    // Making ready

    /** Makes the next generation of everything that is made of these offers of one version of a plugin. */
    Change prepare(String plugin, Collection<Offer<?>> offers, List<InstanceSpec> firsts, boolean check) {
        var change = new Change();
        for (var spec : with(firsts)) {
            var offer = offers.stream()
                    .filter(one ->
                            one.kind() == spec.kind() && one.description().id().equals(spec.contribution()))
                    .findFirst();
            if (offer.isEmpty()) continue;
            if (spec.enabled()) change.make(spec, offer.get(), check);
            else change.standBy(spec, offer.get());
        }
        for (var one : standby.values()) {
            if (one.slot().plugin().id().equals(plugin))
                change.left.add(one.spec().name());
        }
        for (var one : live.values()) {
            if (one.slot().plugin().id().equals(plugin)
                    && !change.made.containsKey(one.spec().name())) {
                change.gone.add(one.spec().name());
            }
        }
        return change;
    }

    /** Makes the next generation of one instance, as it would be kept. */
    Change prepare(InstanceSpec spec, boolean check) {
        var change = new Change();
        var offer = contributions.now().offer(spec.kind(), spec.contribution());
        if (standby.containsKey(spec.name())) change.left.add(spec.name());
        if (!spec.enabled()) {
            change.gone.add(spec.name());
            offer.ifPresent(one -> change.standBy(spec, one));
        } else {
            offer.ifPresent(one -> change.make(spec, one, check));
        }
        return change;
    }

    /** Makes a generation of an instance that does not take the place of the one that serves. */
    Change candidate(InstanceSpec spec, Offer<?> offer) {
        var change = new Change();
        change.make(spec, offer, true);
        return change;
    }

    /** The instances that serve. */
    List<InstanceSpec> serving() {
        return live.values().stream().<InstanceSpec>map(Live::spec).toList();
    }

    /** Makes, replaces and closes until everything is as it is kept. */
    void reconcile() {
        var change = new Change();
        var wanted = read();
        var known = new HashMap<InstanceName, InstanceSpec>();
        for (var spec : wanted) {
            known.put(spec.name(), spec);
            var offer = contributions.now().offer(spec.kind(), spec.contribution());
            var before = live.get(spec.name());
            var stood = standby.get(spec.name());
            var standsOn = stood != null
                    && !spec.enabled()
                    && offer.isPresent()
                    && stood.spec().livesAs(spec)
                    && stood.slot().plugin().equals(offer.get().plugin());
            if (stood != null && !standsOn) change.left.add(spec.name());
            if (!spec.enabled() || offer.isEmpty()) {
                if (before != null) change.gone.add(spec.name());
                if (!standsOn) offer.ifPresent(one -> change.standBy(spec, one));
            } else if (before != null
                    && before.spec().livesAs(spec)
                    && before.slot().plugin().equals(offer.get().plugin())) {
                live.put(spec.name(), before.with(spec));
            } else {
                change.make(spec, offer.get(), false);
            }
        }
        live.keySet().stream().filter(name -> !known.containsKey(name)).forEach(change.gone::add);
        standby.keySet().stream().filter(name -> !known.containsKey(name)).forEach(change.left::add);
        drain(swap(change, _ -> {}));
    }

    // Swapping and draining

    /**
     * Lets what was made ready serve, in one write together with other changes; returns what is to be drained.
     *
     * @param also must not throw for what {@link Snapshot.Draft} allows
     */
    List<Old> swap(Change change, Consumer<Snapshot.Draft> also) {
        var wanted = read();
        var olds = new ArrayList<Old>();
        for (var name : change.left) {
            Optional.ofNullable(standby.remove(name)).ifPresent(one -> olds.add(Old.gone(one)));
        }
        for (var one : change.standing.values()) {
            Optional.ofNullable(standby.put(one.spec().name(), one)).ifPresent(old -> olds.add(Old.gone(old)));
            stand(one);
        }
        contributions.change(draft -> {
            also.accept(draft);
            change.gone.forEach(name -> draft.remove(name.kind(), name.key()));
            change.made.values().forEach(one -> draft.put(one.slot()));
            for (var kind : hosts.keySet()) draft.order(kind, keys(wanted, kind));
        });
        for (var name : change.gone) {
            Optional.ofNullable(live.remove(name)).ifPresent(one -> olds.add(Old.gone(one)));
        }
        for (var one : change.made.values()) {
            Optional<Live<?>> before = Optional.ofNullable(live.put(one.spec().name(), one));
            olds.addAll(serve(one, before));
        }
        broken.keySet().removeAll(change.gone);
        broken.keySet().removeAll(change.made.keySet());
        broken.putAll(change.broken);
        var standing = new HashMap<>(cannotStand);
        standing.keySet().removeAll(change.left);
        standing.keySet().removeAll(change.standing.keySet());
        standing.keySet().removeAll(change.made.keySet());
        standing.putAll(change.cannotStand);
        cannotStand = Map.copyOf(standing);
        settle(wanted);
        return olds;
    }

    private static <T extends AutoCloseable> void stand(Live<T> one) {
        one.host().stands(one.slot());
    }

    /** What keeps an instance that is off from being made; empty where nothing does, or nobody wants it. */
    public List<CheckResult.Problem> cannotStand(InstanceName name) {
        return cannotStand.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked") // two generations of one name are of one kind
    private <T extends AutoCloseable> List<Old> serve(Live<T> next, Optional<Live<?>> before) {
        var olds = before.map(one -> Old.replaced((Live<T>) one, next)).stream().toList();
        next.host().serves(next.slot());
        return olds;
    }

    /**
     * A generation that serves no more.
     *
     * @param handOver lets what is open on it go on with the next one
     * @param last what must be so before it is closed
     */
    record Old(Live<?> live, Runnable handOver, Runnable last) {
        static Old gone(Live<?> live) {
            return new Old(live, () -> {}, () -> {});
        }

        static <T extends AutoCloseable> Old replaced(Live<T> before, Live<T> next) {
            return new Old(
                    before,
                    () -> next.host().handOver(before.slot(), next.slot()),
                    () -> next.host().awaitReady(next.slot()));
        }
    }

    /** Waits until the callers have left, then closes; safe on any thread. */
    void drain(List<Old> olds) {
        for (var old : olds) {
            old.last().run();
            old.handOver().run();
            close(old.live());
        }
    }

    private <T extends AutoCloseable> void close(Live<T> one) {
        close(one.slot(), one.lent());
        one.host().ended(one.slot());
    }

    /** What it was lent is taken back last: those inside, and its own close, may still need it. */
    private void close(Slot<?> slot, Lent lent) {
        try {
            guard.close(slot, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lent.close();
    }

    /** Takes every instance out, newest first; at the end of the hub. */
    void closeAll() {
        var all = new ArrayList<>(live.values()).reversed();
        all.addAll(standby.values());
        live.clear();
        standby.clear();
        contributions.change(draft ->
                all.forEach(one -> draft.remove(one.spec().kind(), one.spec().key())));
        drain(all.stream().map(Old::gone).toList());
    }

    /**
     * What a plugin that was never here before gets without being asked: a filter each of those it offers that need no
     * setting and of which nothing was made, behind all others, or where it wishes to stand.
     *
     * @return these, and those that must make room for them
     */
    List<InstanceSpec> firsts(Collection<Offer<?>> offers) {
        var row = new FilterRow(specs.values(), this::wish);
        for (var offer : offers) {
            var id = offer.description().id();
            var name = new InstanceName(Kind.FILTER, id);
            var needsNothing = offer.description().settings().stream().noneMatch(SettingSpec::required);
            if (offer.kind() != Kind.FILTER || !needsNothing || specs.containsKey(name) || isMade(offer)) continue;
            row.add(id, guard.order(offer));
        }
        return row.changed();
    }

    /** What was made of a plugin outlives its removal. */
    private boolean isMade(Offer<?> offer) {
        return specs.values().stream()
                .anyMatch(spec -> spec.kind() == offer.kind()
                        && spec.contribution().equals(offer.description().id()));
    }

    private Optional<Integer> wish(InstanceSpec spec) {
        return contributions.now().offer(spec.kind(), spec.contribution()).flatMap(guard::order);
    }

    private List<InstanceSpec> with(List<InstanceSpec> firsts) {
        var changed = firsts.stream().map(InstanceSpec::name).collect(Collectors.toSet());
        var all = new ArrayList<>(read());
        all.removeIf(spec -> changed.contains(spec.name()));
        all.addAll(firsts);
        return all;
    }

    private List<InstanceSpec> read() {
        return hosts.values().stream().flatMap(host -> host.all().stream()).toList();
    }

    private static List<String> keys(List<InstanceSpec> wanted, Kind kind) {
        return wanted.stream()
                .filter(spec -> spec.kind() == kind)
                .map(InstanceSpec::key)
                .toList();
    }

    private void settle(List<InstanceSpec> wanted) {
        var after = new LinkedHashMap<InstanceName, InstanceState>();
        var known = new LinkedHashMap<InstanceName, InstanceSpec>();
        for (var spec : wanted) {
            known.put(spec.name(), spec);
            after.put(spec.name(), stateOf(spec));
        }
        broken.keySet().retainAll(known.keySet());
        specs = known;
        states = after;
        hosts.forEach((kind, host) ->
                host.exist(wanted.stream().filter(spec -> spec.kind() == kind).toList()));
    }

    private InstanceState stateOf(InstanceSpec spec) {
        if (!spec.enabled()) return new InstanceState.Off();
        var problems = broken.get(spec.name());
        if (problems != null) return new InstanceState.Broken(problems, live.containsKey(spec.name()));
        if (live.containsKey(spec.name())) return new InstanceState.Serving();
        return new InstanceState.NoPlugin(spec.contribution());
    }

    /** New generations that are made and do not serve yet, and what is to end with them. One thread only. */
    final class Change {
        private final Map<InstanceName, Live<?>> made = new LinkedHashMap<>();
        private final Map<InstanceName, List<CheckResult.Problem>> broken = new LinkedHashMap<>();
        private final List<InstanceName> gone = new ArrayList<>();
        private final Map<InstanceName, Live<?>> standing = new LinkedHashMap<>();
        private final List<InstanceName> left = new ArrayList<>();
        private final Map<InstanceName, List<CheckResult.Problem>> cannotStand = new HashMap<>();

        private void standBy(InstanceSpec spec, Offer<?> offer) {
            var host = hosts.get(spec.kind());
            if (host != null && host.standsBy()) standBy(host, spec, offer);
        }

        /** Not checked: what is wrong with it must not keep it from being verified. */
        private <T extends AutoCloseable> void standBy(Host<T> host, InstanceSpec spec, Offer<?> offer) {
            Slot<T> slot =
                    guard.slot(offer, spec.key(), contributions.nextGeneration(), TermsOf.instance(spec, offer, guard));
            var lent = new Lent(spec.key(), offer.plugin().loader());
            var problems = create(host, spec, offer, slot, lent);
            if (problems.isEmpty()) {
                standing.put(spec.name(), new Live<>(host, spec, slot, lent));
            } else {
                close(slot, lent);
                host.ended(slot);
                cannotStand.put(spec.name(), problems);
            }
        }

        private void make(InstanceSpec spec, Offer<?> offer, boolean check) {
            var host = hosts.get(spec.kind());
            if (host != null) make(host, spec, offer, check);
        }

        private <T extends AutoCloseable> void make(Host<T> host, InstanceSpec spec, Offer<?> offer, boolean check) {
            Slot<T> slot =
                    guard.slot(offer, spec.key(), contributions.nextGeneration(), TermsOf.instance(spec, offer, guard));
            var lent = new Lent(spec.key(), offer.plugin().loader());
            var problems = create(host, spec, offer, slot, lent);
            if (problems.isEmpty() && check) problems = problems(guard.check(slot));
            if (problems.isEmpty()) problems = guard.introduce(slot);
            if (problems.isEmpty()) {
                made.put(spec.name(), new Live<>(host, spec, slot, lent));
            } else {
                LOG.warn("{} {} cannot serve: {}", spec.kind(), spec.key(), problems);
                close(slot, lent);
                host.ended(slot);
                broken.put(spec.name(), problems);
            }
        }

        private <T extends AutoCloseable> List<CheckResult.Problem> create(
                Host<T> host, InstanceSpec spec, Offer<?> offer, Slot<T> slot, Lent lent) {
            try {
                var settings = Settings.of(sealed.open(spec.kind(), spec.key(), spec.settings()));
                return problems(host.create(slot, offer, spec, settings, lent));
            } catch (UnreadableSecretException e) {
                return List.of(new CheckResult.Problem("", String.valueOf(e.getMessage())));
            }
        }

        private static List<CheckResult.Problem> problems(Asked<CheckResult> asked) {
            return switch (asked) {
                case Asked.Answered<CheckResult>(CheckResult.Fine(), var _) -> List.of();
                case Asked.Answered<CheckResult>(CheckResult.Wrong(var problems), var _) -> problems;
                default -> List.of(new CheckResult.Problem("", asked.trouble()));
            };
        }

        /** What could not be made. */
        Map<InstanceName, List<CheckResult.Problem>> broken() {
            return broken;
        }

        List<CheckResult.Problem> problems() {
            return broken.values().stream().flatMap(List::stream).toList();
        }

        /** What serves now and would not any more. */
        Map<InstanceName, List<CheckResult.Problem>> losses() {
            var losses = new LinkedHashMap<>(broken);
            losses.keySet().retainAll(live.keySet());
            return losses;
        }

        Map<InstanceName, Live<?>> made() {
            return made;
        }

        /** Closes what was made; nothing of it has served. */
        void discard() {
            drain(Stream.concat(made.values().stream(), standing.values().stream())
                    .map(Old::gone)
                    .toList());
        }
    }
}
