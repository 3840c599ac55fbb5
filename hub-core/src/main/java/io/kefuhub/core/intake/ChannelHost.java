package io.kefuhub.core.intake;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.life.Host;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.telemetry.ChannelWatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps and makes channels. One thread at a time. */
public final class ChannelHost implements Host<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelHost.class);

    private final Database database;
    private final Ids ids;
    private final ServingChannels serving;
    private final Guard guard;
    private final ServedSockets sockets;
    private final Doors doors;
    private final ChannelWatch watch;
    private final Consumer<String> begins;
    /** Channels that are off, and answer their platform's verification. */
    private final Map<String, Slot<Channel>> standing = new ConcurrentHashMap<>();

    private final Map<Slot<Channel>, Listening> listening = new ConcurrentHashMap<>();
    /** Which generation of each channel began to serve last. */
    private final Map<String, Slot<Channel>> newest = new ConcurrentHashMap<>();

    private final ChannelInstances instances = new ChannelInstances();
    private final Desks desks = new Desks();
    /** Of channels that are being made and not kept yet. */
    private final Map<String, ChannelId> reserved = new HashMap<>();

    /** Makes what one generation of a channel is lent. */
    public interface Doors {
        /** @param line told what the channel says of its own connection */
        ChannelDoor open(
                ChannelInstance instance,
                Slot<Channel> slot,
                Offer<?> offer,
                Settings settings,
                Lent lent,
                OwnLine line);
    }

    /** @param begins told of every instance of which a generation begins to serve */
    public ChannelHost(
            Database database,
            Ids ids,
            ServingChannels serving,
            Guard guard,
            ServedSockets sockets,
            Doors doors,
            ChannelWatch watch,
            Consumer<String> begins) {
        this.database = database;
        this.ids = ids;
        this.serving = serving;
        this.guard = guard;
        this.sockets = sockets;
        this.doors = doors;
        this.watch = watch;
        this.begins = begins;
    }

    @Override
    public Kind kind() {
        return Kind.CHANNEL;
    }

    @Override
    public List<InstanceSpec> all() {
        return database.read(db -> {
            var keys = desks.all(db).stream().collect(Collectors.toMap(Desk::id, Desk::key));
            return instances.all(db).stream()
                    .map(one -> new InstanceSpec(
                            Kind.CHANNEL,
                            one.key(),
                            one.title(),
                            one.contribution(),
                            one.settings(),
                            one.enabled(),
                            InstanceSpec.Choices.ofDesk(keys.getOrDefault(one.desk(), "")),
                            0,
                            one.managedBy()))
                    .toList();
        });
    }

    @Override
    public void keep(Handle tx, InstanceSpec spec) {
        instances.keep(tx, instance(tx, spec));
    }

    /** A channel is never forgotten, as conversations belong to it; it can be switched off. */
    @Override
    public boolean forget(Handle tx, String key) {
        return false;
    }

    @Override
    public Asked<CheckResult> create(
            Slot<Channel> slot, Offer<?> offer, InstanceSpec spec, Settings settings, Lent lent) {
        var instance = database.read(db -> instance(db, spec));
        Runnable lost = () -> watch.line(spec.key(), false);
        var connection = new Listening(guard, slot, lent.tasks(), Listening.Rhythm.USUAL, lost);
        listening.put(slot, connection);
        var line = new OwnLine() {
            @Override
            public void isUp() {
                connection.isUp();
                watch.line(spec.key(), true);
            }

            @Override
            public void isRefused(String setting, Localized reason) {
                // The one before is turned out by the one that took its place.
                if (newest.get(spec.key()) != slot) return;
                var why = setting.isEmpty() ? reason : reason.map(text -> setting + ": " + text);
                if (watch.refused(spec.key(), why))
                    LOG.warn("Channel {} is shut out by its platform: {}", spec.key(), why);
            }
        };
        return guard.create(slot, offer, settings, doors.open(instance, slot, offer, settings, lent, line));
    }

    @Override
    public void serves(Slot<Channel> slot) {
        newest.put(slot.instance(), slot);
        watch.begins(slot.instance());
        Optional.ofNullable(listening.get(slot)).ifPresent(Listening::start);
        begins.accept(slot.instance());
    }

    @Override
    public boolean standsBy() {
        return true;
    }

    @Override
    public void stands(Slot<Channel> slot) {
        standing.put(slot.instance(), slot);
    }

    /** The generation of a channel that is off, by which its platform's verification is answered. */
    public Optional<Slot<Channel>> standing(String instance) {
        return Optional.ofNullable(standing.get(instance));
    }

    @Override
    public void handOver(Slot<Channel> before, Slot<Channel> next) {
        sockets.move(before, next);
    }

    @Override
    public void awaitReady(Slot<Channel> next) {
        Optional.ofNullable(listening.get(next)).ifPresent(Listening::await);
    }

    @Override
    public void ended(Slot<Channel> slot) {
        listening.remove(slot);
        newest.remove(slot.instance(), slot);
        standing.remove(slot.instance(), slot);
    }

    @Override
    public void exist(List<InstanceSpec> all) {
        serving.know(database.read(instances::all));
    }

    private ChannelInstance instance(Handle db, InstanceSpec spec) {
        var known = instances.all(db).stream()
                .filter(one -> one.key().equals(spec.key()))
                .findFirst();
        var desk = desk(db, spec.choices().desks());
        return new ChannelInstance(
                known.map(ChannelInstance::id)
                        .orElseGet(() -> reserved.computeIfAbsent(spec.key(), _ -> new ChannelId(ids.next()))),
                spec.key(),
                spec.title(),
                spec.contribution(),
                desk.orElseThrow(() -> new IllegalArgumentException("a channel belongs to one desk"))
                        .id(),
                spec.settings(),
                spec.enabled(),
                spec.managedBy());
    }

    private Optional<Desk> desk(Handle db, Set<String> keys) {
        return desks.all(db).stream().filter(one -> keys.contains(one.key())).findFirst();
    }
}
