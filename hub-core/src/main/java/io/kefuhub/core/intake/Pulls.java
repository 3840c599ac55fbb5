package io.kefuhub.core.intake;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.ChannelWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what platforms say is waiting, one batch after the other, one puller for each source. Safe for threads.
 *
 * <p>The cursor moves only after a batch is durable, so a crash in the middle fetches it again, and what comes twice is
 * stored once. That a source exists is written down before its first nudge is acknowledged: whatever ends the hub or the
 * channel's generation meanwhile, the next generation goes on.
 */
public final class Pulls implements WebhookRoutes.Puller, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);
    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    private final Database database;
    private final Guard guard;
    private final Function<String, Optional<Slot<Channel>>> serving;
    private final WebhookRoutes.Acceptor acceptor;
    private final InstantSource clock;
    private final ChannelWatch watch;
    private final Rhythm rhythm;
    /** Of each source that is being pulled from, whether it is to be asked once more. */
    private final ConcurrentHashMap<Source, Boolean> again = new ConcurrentHashMap<>();

    private final Set<Source> known = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * How long is waited after a failure.
     *
     * @param first before the next try; twice as long each further time
     */
    public record Rhythm(Duration first, Duration longest) {
        public static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(2), Duration.ofSeconds(30));

        private Duration after(int failures) {
            var pause = first.multipliedBy(1L << Math.min(failures - 1, 20));
            return pause.compareTo(longest) < 0 ? pause : longest;
        }
    }

    private record Source(String instance, String name) {}

    /** @param serving which generation of an instance serves now */
    public Pulls(
            Database database,
            Guard guard,
            Function<String, Optional<Slot<Channel>>> serving,
            WebhookRoutes.Acceptor acceptor,
            InstantSource clock,
            ChannelWatch watch,
            Rhythm rhythm) {
        this.database = database;
        this.guard = guard;
        this.serving = serving;
        this.acceptor = acceptor;
        this.clock = clock;
        this.watch = watch;
        this.rhythm = rhythm;
    }

    @Override
    public void nudged(String instance, String name) {
        var source = new Source(instance, name);
        if (!known.contains(source)) {
            store(source).putIfAbsent(name, "", FOR_EVER);
            known.add(source);
        }
        again.compute(source, (_, running) -> {
            if (running == null) Thread.ofVirtual().name("pull-" + instance).start(() -> run(source));
            return running != null;
        });
    }

    /** Asks every source of an instance, of which a nudge may have been lost; returns at once. */
    public void resume(String instance) {
        Thread.ofVirtual().name("resume-" + instance).start(() -> {
            try {
                new InstanceStore(database, place(instance), clock).keys().forEach(source -> nudged(instance, source));
            } catch (RuntimeException e) {
                LOG.warn("What waits for channel {} is pulled when its platform says so next", instance, e);
            }
        });
    }

    private void run(Source source) {
        do {
            again.put(source, false);
            try {
                pull(source);
            } catch (InterruptedException e) {
                again.remove(source);
                return;
            }
        } while (!closed && !again.remove(source, false));
    }

    /** Goes on with whichever generation serves; ends when there is nothing more, or when none does. */
    private void pull(Source source) throws InterruptedException {
        for (var failures = 0; !closed; ) {
            var slot = serving.apply(source.instance());
            if (slot.isEmpty()) return;
            var outcome = batch(source, slot.get());
            switch (outcome) {
                case Batch.Last() -> {
                    return;
                }
                case Batch.More() -> failures = 0;
                case Batch.Failed(var why) -> {
                    // The next generation is asked at once.
                    if (slot.get().isClosed()) continue;
                    watch.pulled(source.instance(), ChannelWatch.Outcome.FAILED, why);
                    Thread.sleep(rhythm.after(++failures));
                }
            }
        }
    }

    private sealed interface Batch {
        record Last() implements Batch {}

        record More() implements Batch {}

        record Failed(Localized why) implements Batch {}
    }

    private Batch batch(Source source, Slot<Channel> slot) {
        try {
            var store = store(source);
            var cursor = store.get(source.name()).orElse("");
            return switch (guard.pull(slot, source.name(), cursor)) {
                case Asked.Answered<Pulled>(var pulled, var _) -> taken(source, slot, store, cursor, pulled);
                case Asked<Pulled> asked -> new Batch.Failed(asked.trouble());
            };
        } catch (RuntimeException e) {
            LOG.error("Pulling from channel {} failed", source.instance(), e);
            return new Batch.Failed(Localized.of(
                    "the hub failed: " + e.getClass().getSimpleName(),
                    "系统内部错误：" + e.getClass().getSimpleName()));
        }
    }

    private Batch taken(Source source, Slot<Channel> slot, InstanceStore store, String cursor, Pulled pulled) {
        if (!stored(slot, pulled)) return new Batch.Failed(Localized.of("the hub cannot store now", "系统暂时无法保存"));
        var moved = !pulled.cursor().equals(cursor);
        if (moved) store.put(source.name(), pulled.cursor(), FOR_EVER);
        watch.pulled(
                source.instance(),
                ChannelWatch.Outcome.FINE,
                Localized.of(String.valueOf(pulled.messages().size())));
        if (!pulled.more()) return new Batch.Last();
        return moved
                ? new Batch.More()
                : new Batch.Failed(
                        Localized.of("more is said to wait, but the cursor stands still", "平台表示还有消息，但游标没有前进"));
    }

    private boolean stored(Slot<Channel> slot, Pulled pulled) {
        var accepted = acceptor.accept(slot.instance(), pulled.messages());
        return accepted.size() == pulled.messages().size()
                && accepted.stream().allMatch(Inbox.Accepted.Stored.class::isInstance);
    }

    private InstanceStore store(Source source) {
        return new InstanceStore(database, place(source.instance()), clock);
    }

    private static String place(String instance) {
        return "cursor:" + instance;
    }

    @Override
    public void close() {
        closed = true;
    }
}
