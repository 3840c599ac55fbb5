package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Description;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.files.StoredFiles;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.web.Json;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Changes instances as people and files want them: the next generation is made and checked first, then the change is
 * stored and swapped in. What cannot work changes nothing. Safe for threads.
 */
public final class InstanceChanges {
    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Contributions contributions;
    private final Instances instances;
    private final Guard guard;
    private final SealedSettings sealed;
    private final PluginLife life;
    private final StoredFiles files = new StoredFiles();

    public InstanceChanges(
            Database database,
            AuditLog audit,
            InstantSource clock,
            Contributions contributions,
            Instances instances,
            Guard guard,
            SealedSettings sealed,
            PluginLife life) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.contributions = contributions;
        this.instances = instances;
        this.guard = guard;
        this.sealed = sealed;
        this.life = life;
    }

    /** Says what would keep an instance from working; changes nothing. */
    public List<CheckResult.Problem> check(InstanceSpec wanted, Set<String> cleared) {
        return life.now(() -> {
            var change = instances.prepare(sealed(wanted, cleared), true);
            change.discard();
            return change.problems();
        });
    }

    /**
     * Makes an instance be as wanted, new or changed.
     *
     * @param wanted its settings in plain text; a secret that is left out stays as it is
     * @param cleared secrets that do not stay
     * @return what keeps it from working; then nothing has changed
     */
    public List<CheckResult.Problem> save(InstanceSpec wanted, Set<String> cleared, String actor) {
        return life.now(() -> {
            var isNew = instances.find(wanted.name()).isEmpty();
            return put(sealed(wanted, cleared), actor, isNew ? "instance.added" : "instance.changed");
        });
    }

    /** In the thread of changes. */
    private List<CheckResult.Problem> put(InstanceSpec kept, String actor, String action) {
        var change = instances.prepare(kept, true);
        if (!change.problems().isEmpty()) {
            change.discard();
            return change.problems();
        }
        var host = instances.host(kept.kind()).orElseThrow();
        database.useTransaction(tx -> {
            host.keep(tx, kept);
            files.keep(tx, filesOf(kept));
            audit(tx, actor, action, kept);
        });
        var olds = instances.swap(change, _ -> {});
        life.follow(kept.name());
        Thread.ofVirtual().name("drain-" + kept.key()).start(() -> instances.drain(olds));
        life.tell();
        return List.of();
    }

    /**
     * Adds a line to what a filter lets pass.
     *
     * @param mayChange asked about the desks, by key, that the filter judges for; none for all
     */
    public Allowing allow(String filter, String line, Predicate<Set<String>> mayChange, String actor) {
        return life.now(() -> {
            var known = instances.find(new InstanceName(Kind.FILTER, filter));
            var list = known.flatMap(this::allowed);
            if (list.isEmpty()) return new Allowing.NoList();
            var spec = known.get();
            if (spec.managedBy().isPresent())
                return new Allowing.OfFile(spec.managedBy().get());
            if (!mayChange.test(spec.choices().desks())) return new Allowing.NotTheirs();
            var settings = new HashMap<>(spec.settings());
            var lines = settings.getOrDefault(list.get().key(), "").lines().toList();
            if (lines.contains(line)) return new Allowing.Added();
            settings.put(
                    list.get().key(),
                    Stream.concat(lines.stream(), Stream.of(line)).collect(Collectors.joining("\n")));
            var problems = put(spec.withSettings(settings), actor, "instance.allowed");
            return problems.isEmpty() ? new Allowing.Added() : new Allowing.Refused(problems);
        });
    }

    /** Whether lines can be added to what a filter lets pass. */
    public boolean canAllow(String filter) {
        return instances
                .find(new InstanceName(Kind.FILTER, filter))
                .filter(spec -> spec.managedBy().isEmpty())
                .flatMap(this::allowed)
                .isPresent();
    }

    private Optional<SettingSpec> allowed(InstanceSpec spec) {
        return contributions.now().offer(spec.kind(), spec.contribution()).flatMap(guard::allowed);
    }

    /** Files that settings name are kept as long as the hub; those nobody names go after an hour. */
    private List<String> filesOf(InstanceSpec spec) {
        var offer = contributions.now().offer(spec.kind(), spec.contribution());
        return offer.stream()
                .flatMap(one -> one.description().settings().stream())
                .filter(setting -> setting.type() == SettingSpec.Type.FILE)
                .flatMap(setting -> Optional.ofNullable(spec.settings().get(setting.key())).stream())
                .toList();
    }

    /** Forgets an instance; says whether it was there and could be forgotten. */
    public boolean forget(InstanceName name, String actor) {
        return life.now(() -> {
            var known = instances.find(name);
            if (known.isEmpty()) return false;
            var host = instances.host(name.kind()).orElseThrow();
            var forgotten = database.inTransaction(tx -> {
                host.keep(tx, known.get().withEnabled(false));
                if (!host.forget(tx, name.key())) return false;
                audit(tx, actor, "instance.removed", known.get());
                return true;
            });
            instances.reconcile();
            life.tell();
            return forgotten;
        });
    }

    /** Puts the instances of a kind into an order; those that are not named come behind in theirs. */
    public void order(Kind kind, List<String> keys, String actor) {
        life.now(() -> {
            var host = instances.host(kind).orElseThrow();
            var position = new HashMap<String, Integer>();
            keys.forEach(key -> position.putIfAbsent(key, position.size()));
            database.useTransaction(tx -> {
                for (var spec : host.all()) {
                    host.keep(tx, spec.withPosition(position.computeIfAbsent(spec.key(), _ -> position.size())));
                }
                var detail = Json.text(Map.of("order", keys));
                audit.append(
                        tx,
                        new AuditEntry(
                                clock.instant(),
                                actor,
                                "instances.ordered",
                                "kind:" + name(kind),
                                Optional.empty(),
                                detail));
            });
            instances.reconcile();
            life.tell();
            return true;
        });
    }

    /** What is kept sealed and was not told again stays, unless it is to go. */
    private InstanceSpec sealed(InstanceSpec wanted, Set<String> cleared) {
        var description =
                contributions.now().offer(wanted.kind(), wanted.contribution()).map(offer -> offer.description());
        var plain = new HashMap<>(wanted.settings());
        instances.find(wanted.name()).ifPresent(before -> keepSecrets(before, description, cleared, plain));
        return wanted.withSettings(sealed.seal(wanted.kind(), wanted.key(), plain, description));
    }

    private void keepSecrets(
            InstanceSpec before, Optional<Description> description, Set<String> cleared, Map<String, String> plain) {
        var open = sealed.open(before.kind(), before.key(), before.settings());
        open.forEach((key, value) -> {
            var stays = SealedSettings.isSecret(description, key) && !cleared.contains(key);
            if (description.isPresent() && stays && plain.getOrDefault(key, "").isEmpty()) plain.put(key, value);
        });
    }

    private void audit(Handle tx, String actor, String action, InstanceSpec spec) {
        var detail = Json.text(Map.of(
                "contribution", spec.contribution(),
                "enabled", spec.enabled(),
                "settings", spec.settings().keySet().stream().sorted().toList()));
        var subject = name(spec.kind()) + ":" + spec.key();
        audit.append(tx, new AuditEntry(clock.instant(), actor, action, subject, Optional.empty(), detail));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
