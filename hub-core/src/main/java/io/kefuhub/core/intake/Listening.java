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
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Guard guard;
    private final Slot<Channel> slot;
    private final InstanceTasks tasks;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean up;

    Listening(Guard guard, Slot<Channel> slot, InstanceTasks tasks) {
        this.guard = guard;
        this.slot = slot;
        this.tasks = tasks;
    }

    void start() {
        listen(FIRST);
    }

    private void listen(Duration pause) {
        tasks.run("listen", () -> {
            up = false;
            var asked = guard.listen(slot);
            var lasted = up;
            settled.countDown();
            var keepsNone = asked instanceof Asked.Answered<Asked.Done> && !lasted;
            if (keepsNone || slot.isClosed()) return;
            tasks.after(pause, () -> listen(lasted ? FIRST : longer(pause)));
        });
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /** The connection is up: nothing is missed from now on. */
    void isUp() {
        up = true;
        settled.countDown();
    }

    /** Waits, for a while, until the connection is up or it is known that there is none. */
    void await() {
        try {
            var _ = settled.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
