package io.kefuhub.simulators.feishu;

import io.kefuhub.simulators.Callbacks;
import io.kefuhub.simulators.Journal;
import io.kefuhub.simulators.SimulatedTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Delivers events, and again after 15 seconds, 5 minutes, 1 hour and 6 hours while nobody takes them. First tries of one
 * chat go one after another, so that they arrive in order when nothing fails; chats go side by side. Safe for threads.
 */
final class Ladder {
    static final List<Duration> STEPS =
            List.of(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6));

    private static final Executor THREADS = Thread::startVirtualThread;

    private final SimulatedTime time;
    private final Journal journal;
    private final String surface;
    private final Map<String, CompletableFuture<Void>> lanes = new HashMap<>();

    /** @param why what the hub answered, in words, when it did not take the event */
    record Outcome(boolean taken, String why) {
        static final Outcome TAKEN = new Outcome(true, "");

        static Outcome missed(String why) {
            return new Outcome(false, why);
        }
    }

    interface Attempt {
        /** @param repeat 0 at first */
        Outcome make(int repeat);
    }

    Ladder(SimulatedTime time, Journal journal, String surface) {
        this.time = time;
        this.journal = journal;
        this.surface = surface;
    }

    synchronized void deliver(String lane, String name, Attempt attempt) {
        var before = lanes.getOrDefault(lane, CompletableFuture.completedFuture(null));
        lanes.put(
                lane,
                before.thenRunAsync(() -> climb(name, attempt, 0), THREADS).exceptionally(_ -> null));
    }

    private void climb(String name, Attempt attempt, int repeat) {
        var outcome = attempt.make(repeat);
        if (outcome.taken()) return;
        if (repeat == STEPS.size()) {
            journal.note(surface, Callbacks.GIVEN_UP, repeat + 1, name + ", " + outcome.why());
            return;
        }
        var delay = STEPS.get(repeat);
        time.after(delay, () -> climb(name, attempt, repeat + 1));
        journal.note(surface, Callbacks.AGAIN, delay.toSeconds(), name + ", " + outcome.why());
    }
}
