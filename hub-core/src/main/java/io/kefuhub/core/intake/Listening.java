package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.InstanceTasks;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The connection that one generation of a channel keeps to its platform: begun again, later and later, when it ends by
 * itself. Most channels keep none and return at once. Safe for threads.
 */
final class Listening {
    private final Guard guard;
    private final Slot<Channel> slot;
    private final InstanceTasks tasks;
    private final Rhythm rhythm;
    private final Runnable lost;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean up;

    /**
     * How long is waited.
     *
     * @param first before a connection that ended is begun again for the first time; twice as long each further time
     * @param longest between two such tries
     * @param patience until a generation takes over whose connection is not up
     */
    record Rhythm(Duration first, Duration longest, Duration patience) {
        static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(10));

        private Duration longer(Duration pause) {
            var twice = pause.multipliedBy(2);
            return twice.compareTo(longest) < 0 ? twice : longest;
        }
    }

    /** @param lost told when a connection that was up has ended by itself */
    Listening(Guard guard, Slot<Channel> slot, InstanceTasks tasks, Rhythm rhythm, Runnable lost) {
        this.guard = guard;
        this.slot = slot;
        this.tasks = tasks;
        this.rhythm = rhythm;
        this.lost = lost;
    }

    void start() {
        listen(rhythm.first());
    }

    private void listen(Duration pause) {
        tasks.run("listen", () -> {
            up = false;
            var asked = guard.listen(slot);
            var lasted = up;
            settled.countDown();
            var keepsNone = asked instanceof Asked.Answered<Asked.Done> && !lasted;
            if (keepsNone || slot.isClosed()) return;
            if (lasted) lost.run();
            var rest = lasted ? rhythm.first() : pause;
            tasks.after(rest, () -> listen(rhythm.longer(rest)));
        });
    }

    /** The connection is up: nothing is missed from now on. */
    void isUp() {
        up = true;
        settled.countDown();
    }

    /** Waits, for a while, until the connection is up or it is known that there is none. */
    void await() {
        try {
            var _ = settled.await(rhythm.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
