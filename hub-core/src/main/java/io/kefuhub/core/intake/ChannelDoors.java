package io.kefuhub.core.intake;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ContactId;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.LentContext;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Reach;
import io.kefuhub.core.plugin.Slot;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes what each generation of a channel is lent. Safe for threads. */
public final class ChannelDoors implements ChannelHost.Doors {
    private final Database database;
    private final Journal journal;
    private final LiveConversations live;
    private final Guard guard;
    private final Intake intake;
    private final Ids ids;
    private final InstantSource clock;
    private final Threads threads;
    private final Outside outside;

    /**
     * What the rest of the hub answers for.
     *
     * @param language of an instance's desk
     * @param agentsOnline whether an agent of an instance's desk is signed in
     * @param relabelled told of a contact of whom something else is known now
     * @param receipts told what became of a reply handed over earlier
     * @param nudges told that something waits to be pulled
     * @param reach of every instance
     */
    public record Outside(
            Function<ChannelInstance, Language> language,
            Predicate<ChannelInstance> agentsOnline,
            Consumer<ContactId> relabelled,
            BiConsumer<String, Delivered> receipts,
            WebhookRoutes.Puller nudges,
            Reach reach,
            Topic<Presence> presences) {}

    public ChannelDoors(
            Database database,
            Journal journal,
            LiveConversations live,
            Guard guard,
            Intake intake,
            Ids ids,
            InstantSource clock,
            Outside outside) {
        this.database = database;
        this.journal = journal;
        this.live = live;
        this.guard = guard;
        this.intake = intake;
        this.ids = ids;
        this.clock = clock;
        this.threads = new Threads(database);
        this.outside = outside;
    }

    @Override
    public ChannelDoor open(
            ChannelInstance instance, Slot<Channel> slot, Offer<?> offer, Settings settings, Lent lent, OwnLine line) {
        var reach = outside.reach();
        var context = new LentContext(
                instance.key(),
                reach.http(slot, offer, settings, lent),
                lent.around(reach.files(offer)),
                lent.around(new InstanceStore(database, "channel:" + instance.key(), clock)),
                lent.tasks(),
                clock);
        var inbox = new InboxDoor(
                instance,
                outside.language().apply(instance),
                intake,
                journal,
                threads,
                outside.presences(),
                outside.receipts(),
                // Before a message is stored a channel may have asked the database for up to five seconds.
                slot.terms().deadline().multipliedBy(2).dividedBy(5),
                line,
                source -> outside.nudges().nudged(instance.key(), source),
                instance.enabled() ? lent::isOver : () -> true);
        var timeline = new TimelineDoor(database, instance.id(), threads, live, guard, slot);
        var contacts = new ContactsDoor(database, instance.id(), threads, journal, ids, clock, outside.relabelled());
        return new ChannelDoor(
                context,
                inbox,
                lent.around(timeline),
                lent.around(contacts),
                () -> outside.agentsOnline().test(instance));
    }
}
