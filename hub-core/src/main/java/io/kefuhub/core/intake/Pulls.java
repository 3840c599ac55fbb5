package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what platforms say is waiting, one batch after the other, one puller for each source. The cursor moves only
 * after a batch is durable, so a crash in the middle fetches it again, and what comes twice is stored once. Safe for
 * threads.
 */
public final class Pulls implements WebhookRoutes.Puller {
    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);
    private static final Duration FOR_EVER = Duration.ofDays(3_650);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int TRIES = 20;

    private final Database database;
    private final Guard guard;
    private final WebhookRoutes.Acceptor acceptor;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Boolean> again = new ConcurrentHashMap<>();

    public Pulls(Database database, Guard guard, WebhookRoutes.Acceptor acceptor, InstantSource clock) {
        this.database = database;
        this.guard = guard;
        this.acceptor = acceptor;
        this.clock = clock;
    }

    @Override
    public void nudged(Slot<Channel> slot, String source) {
        var name = slot.instance() + " " + source;
        again.compute(name, (_, running) -> {
            if (running == null)
                Thread.ofVirtual().name("pull-" + slot.instance()).start(() -> run(slot, source, name));
            return running != null;
        });
    }

    private void run(Slot<Channel> slot, String source, String name) {
        do {
            again.put(name, false);
            try {
                pull(slot, source);
            } catch (InterruptedException e) {
                again.remove(name);
                return;
            } catch (RuntimeException e) {
                LOG.error("Pulling from channel {} failed", slot.instance(), e);
            }
        } while (!again.remove(name, false));
    }

    private void pull(Slot<Channel> slot, String source) throws InterruptedException {
        var store = new InstanceStore(database, "cursor:" + slot.instance(), clock);
        for (var tries = 0; tries < TRIES && !slot.isClosed(); ) {
            var cursor = store.get(source).orElse("");
            var asked = guard.pull(slot, source, cursor);
            if (asked instanceof Asked.Answered<Pulled>(var pulled, var _) && stored(slot, pulled)) {
                if (!pulled.cursor().equals(cursor)) store.put(source, pulled.cursor(), FOR_EVER);
                if (!pulled.more()) return;
            } else {
                tries++;
                Thread.sleep(PAUSE);
            }
        }
    }

    private boolean stored(Slot<Channel> slot, Pulled pulled) {
        return acceptor.accept(slot.instance(), pulled.messages()).stream()
                .allMatch(accepted -> accepted instanceof Inbox.Accepted.Stored);
    }
}
