package io.kefuhub.core.provisioning;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.life.Host;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.web.Words;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Makes the instances of one kind be as files declare them, and has them made. */
public final class DeclaredInstances implements Target<Declarations.Instance> {
    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private final Host<?> host;
    private final Supplier<Map<String, UUID>> desks;
    private final Secrets secrets;
    private final Runnable changed;

    /** Turns the settings of an instance into what is stored, and back. */
    public interface Secrets {
        InstanceSpec seal(InstanceSpec plain);

        InstanceSpec open(InstanceSpec stored);
    }

    /**
     * @param host keeps them
     * @param desks the desks there are, by key
     * @param changed has the instances made as they are kept now
     */
    public DeclaredInstances(
            Database database,
            AuditLog audit,
            Clock clock,
            Host<?> host,
            Supplier<Map<String, UUID>> desks,
            Secrets secrets,
            Runnable changed) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.host = host;
        this.desks = desks;
        this.secrets = secrets;
        this.changed = changed;
    }

    @Override
    public Set<String> files() {
        return host.all().stream()
                .flatMap(instance -> instance.managedBy().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void apply(String file, List<Declarations.Instance> declared) {
        var known = desks.get().keySet();
        var any = new AtomicBoolean();
        var before = host.all().stream().collect(Collectors.toMap(InstanceSpec::key, Function.identity()));
        database.useTransaction(tx -> {
            var kept = new HashSet<String>();
            for (var one : declared) {
                kept.add(one.key());
                var old = Optional.ofNullable(before.get(one.key()));
                var wanted = spec(file, one, known, old, behind(before));
                if (old.map(secrets::open).equals(Optional.of(wanted))) continue;
                keep(tx, file, secrets.seal(wanted));
                any.set(true);
            }
            for (var instance : before.values()) {
                var isLeft = instance.managedBy().equals(Optional.of(file)) && !kept.contains(instance.key());
                if (!isLeft || !instance.enabled()) continue;
                keep(tx, file, instance.withEnabled(false));
                any.set(true);
            }
        });
        if (any.get()) changed.run();
    }

    private static int behind(Map<String, InstanceSpec> all) {
        return 1 + all.values().stream().mapToInt(InstanceSpec::position).max().orElse(0);
    }

    private static InstanceSpec spec(
            String file, Declarations.Instance one, Set<String> desks, Optional<InstanceSpec> old, int behind) {
        for (var desk : one.choices().desks()) {
            if (!desks.contains(desk)) throw UnfitException.noDesk(one.at(), desk);
        }
        if (old.isPresent() && !old.get().contribution().equals(one.type())) {
            throw new UnfitException(
                    one.at(),
                    new Words("this one is of the type %s; give the new one another name", "它的类型是 %s；请为新的另取名称")
                            .with(old.get().contribution()));
        }
        return new InstanceSpec(
                one.kind(),
                one.key(),
                one.title(),
                one.type(),
                one.settings(),
                one.enabled(),
                one.choices(),
                one.order().or(() -> old.map(InstanceSpec::position)).orElse(behind),
                Optional.of(file));
    }

    private void keep(Handle tx, String file, InstanceSpec spec) {
        host.keep(tx, spec);
        var subject = spec.kind().name().toLowerCase(Locale.ROOT) + ":" + spec.key();
        audit.append(tx, AuditEntry.of(clock.instant(), "file:" + file, "instance.declared", subject));
    }
}
