package io.kefuhub.core.intake;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceTasks;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of channels that serve now: brought to what the database says, one generation after the other. Changing
 * is done by one thread at a time; looking up is safe for all.
 */
public final class Channels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final Contributions contributions;
    private final ServingChannels serving;
    private final Guard guard;
    private final Doors doors;
    private final Function<ChannelInstance, Settings> settings;
    private final ChannelInstances instances = new ChannelInstances();
    private final Map<String, Live> live = new HashMap<>();
    private volatile Map<String, ChannelState> states = Map.of();

    /** Makes what one generation of a channel is lent. */
    public interface Doors {
        ChannelDoor open(ChannelInstance instance, Slot<Channel> slot, InstanceTasks tasks);
    }

    private record Live(ChannelInstance instance, Slot<Channel> slot, InstanceTasks tasks) {}

    /**
     * @param settings opens an instance's settings, secrets included
     */
    public Channels(
            Database database,
            Contributions contributions,
            ServingChannels serving,
            Guard guard,
            Doors doors,
            Function<ChannelInstance, Settings> settings) {
        this.database = database;
        this.contributions = contributions;
        this.serving = serving;
        this.guard = guard;
        this.doors = doors;
        this.settings = settings;
    }

    /** Makes, replaces and closes instances until they are what the database says. */
    public synchronized void reconcile() {
        var wanted = database.read(instances::all);
        serving.know(wanted);
        var after = new HashMap<String, ChannelState>();
        for (var instance : wanted) after.put(instance.key(), reconcile(instance));
        for (var key : List.copyOf(live.keySet())) {
            if (!after.containsKey(key)) retire(key);
        }
        states = Map.copyOf(after);
    }

    private ChannelState reconcile(ChannelInstance instance) {
        if (!instance.enabled()) {
            retire(instance.key());
            return new ChannelState.Off();
        }
        var offer = contributions.now().offer(Kind.CHANNEL, instance.contribution());
        if (offer.isEmpty()) {
            retire(instance.key());
            return new ChannelState.NoPlugin(instance.contribution());
        }
        var before = live.get(instance.key());
        if (before != null
                && before.instance().equals(instance)
                && before.slot().plugin().equals(offer.get().plugin())) {
            return new ChannelState.Serving();
        }
        return make(instance, offer.get());
    }

    private ChannelState make(ChannelInstance instance, Offer<?> offer) {
        Slot<Channel> slot = Slot.empty(offer, instance.key(), contributions.nextGeneration(), Terms.of(Kind.CHANNEL));
        var tasks = new InstanceTasks(instance.key(), offer.plugin().loader());
        var made = guard.create(slot, offer, settings.apply(instance), doors.open(instance, slot, tasks));
        var problems = problems(made);
        if (!problems.isEmpty()) {
            tasks.close();
            LOG.warn("Channel {} cannot serve: {}", instance.key(), problems);
            return live.containsKey(instance.key()) ? new ChannelState.Serving() : new ChannelState.Broken(problems);
        }
        guard.abilities(slot);
        contributions.replace(slot);
        var before = live.put(instance.key(), new Live(instance, slot, tasks));
        if (before != null) close(before);
        tasks.run("listen", () -> guard.listen(slot));
        LOG.info("Channel {} serves", instance.key());
        return new ChannelState.Serving();
    }

    private static List<CheckResult.Problem> problems(Asked<CheckResult> made) {
        return switch (made) {
            case Asked.Answered<CheckResult>(CheckResult.Fine(), var _) -> List.of();
            case Asked.Answered<CheckResult>(CheckResult.Wrong(var problems), var _) -> problems;
            default -> List.of(new CheckResult.Problem("", made.problem()));
        };
    }

    private void retire(String key) {
        var gone = live.remove(key);
        if (gone == null) return;
        contributions.remove(Kind.CHANNEL, key);
        close(gone);
    }

    private void close(Live gone) {
        try {
            guard.close(gone.slot(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gone.tasks().close();
    }

    /** How the instances are, by key. */
    public Map<String, ChannelState> states() {
        return states;
    }

    @Override
    public synchronized void close() {
        for (var key : List.copyOf(live.keySet())) retire(key);
    }
}
