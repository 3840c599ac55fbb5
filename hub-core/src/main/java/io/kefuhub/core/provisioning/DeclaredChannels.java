package io.kefuhub.core.provisioning;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Words;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Makes channel instances be as files declare them, and has them served. */
public final class DeclaredChannels implements Target<Declarations.Channel> {
    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final Supplier<Map<String, UUID>> desks;
    private final Secrets secrets;
    private final Runnable changed;
    private final ChannelInstances instances = new ChannelInstances();

    /** Turns the settings of an instance into what is stored, and back. */
    public interface Secrets {
        ChannelInstance seal(ChannelInstance plain);

        ChannelInstance open(ChannelInstance stored);
    }

    /**
     * @param desks the desks there are, by key
     * @param changed has the instances served as they are now
     */
    public DeclaredChannels(
            Database database,
            AuditLog audit,
            Ids ids,
            Clock clock,
            Supplier<Map<String, UUID>> desks,
            Secrets secrets,
            Runnable changed) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.desks = desks;
        this.secrets = secrets;
        this.changed = changed;
    }

    @Override
    public Set<String> files() {
        return database.read(instances::all).stream()
                .flatMap(instance -> instance.managedBy().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void apply(String file, List<Declarations.Channel> declared) {
        var known = desks.get();
        var any = new AtomicBoolean();
        database.useTransaction(tx -> {
            var before =
                    instances.all(tx).stream().collect(Collectors.toMap(ChannelInstance::key, instance -> instance));
            var kept = new HashSet<String>();
            for (var one : declared) {
                kept.add(one.key());
                var old = Optional.ofNullable(before.get(one.key()));
                var wanted = instance(file, one, known, old);
                if (old.map(secrets::open).equals(Optional.of(wanted))) continue;
                keep(tx, file, secrets.seal(wanted));
                any.set(true);
            }
            for (var instance : before.values()) {
                if (!instance.managedBy().equals(Optional.of(file))
                        || kept.contains(instance.key())
                        || !instance.enabled()) continue;
                keep(tx, file, switchedOff(instance));
                any.set(true);
            }
        });
        if (any.get()) changed.run();
    }

    private ChannelInstance instance(
            String file, Declarations.Channel one, Map<String, UUID> known, Optional<ChannelInstance> old) {
        var desk = known.get(one.desk());
        if (desk == null) throw UnfitException.noDesk(one.at(), one.desk());
        if (old.isPresent() && !old.get().contribution().equals(one.type())) {
            throw new UnfitException(
                    one.at(),
                    new Words("this channel is of the type %s; give the new one another name", "此渠道的类型是 %s；请给新渠道另取名称")
                            .with(old.get().contribution()));
        }
        return new ChannelInstance(
                old.map(ChannelInstance::id).orElseGet(() -> new ChannelId(ids.next())),
                one.key(),
                one.title(),
                one.type(),
                new DeskId(desk),
                one.settings(),
                one.enabled(),
                Optional.of(file));
    }

    private void keep(Handle tx, String file, ChannelInstance instance) {
        instances.keep(tx, instance);
        audit.append(
                tx, AuditEntry.of(clock.instant(), "file:" + file, "channel.declared", "channel:" + instance.key()));
    }

    private static ChannelInstance switchedOff(ChannelInstance instance) {
        return new ChannelInstance(
                instance.id(),
                instance.key(),
                instance.title(),
                instance.contribution(),
                instance.desk(),
                instance.settings(),
                false,
                instance.managedBy());
    }
}
