package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is shown while it is made. Safe for threads.
 *
 * <p>Whoever makes it never waits: it leaves the text here, and a virtual thread shows of the newest as much as may be
 * shown, as often as the channel bears. So a slow filter or channel sees fewer and longer pieces.
 */
public final class GrowingAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingAnswer.class);

    private final Abilities.Streaming streaming;
    private final UnaryOperator<String> released;
    private final Screen screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private String made = "";
    private String shown = "";
    private boolean begun;
    private boolean stopped;
    /** How often it was made anew. */
    private int round;

    /** What there is of it, and how often it had been made anew. */
    private record Made(String text, int round) {}

    /** Where the customer sees it. */
    interface Screen {
        /**
         * Shows the whole text so far, perhaps waiting for the channel.
         *
         * @return how long to leave it alone now; empty when there is no use in showing more
         */
        Optional<Duration> show(String text);

        /** Takes back what was shown, where that can be. */
        default void withdraw() {
            show("");
        }

        /** What of an answer is to be said at its end. */
        default List<Part> rest(List<Part> whole) {
            return whole;
        }
    }

    /** @param released how much of a text may be shown now; may wait */
    GrowingAnswer(Abilities.Streaming streaming, UnaryOperator<String> released, Screen screen) {
        this.streaming = streaming;
        this.released = released;
        this.screen = screen;
    }

    /** Takes the whole text so far; never waits. */
    public void grow(String text) {
        lock.lock();
        try {
            if (stopped || text.equals(made)) return;
            made = text;
            if (!begun) {
                begun = true;
                if (!(streaming instanceof Abilities.Streaming.Whole)) {
                    Thread.ofVirtual().name("draft").start(this::run);
                }
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether it may be made anew without anybody noticing. If so, nothing is shown any more of what was made before.
     */
    public boolean mayBeMadeAnew() {
        return switch (streaming) {
            case Abilities.Streaming.Whole _ -> true;
            case Abilities.Streaming.Chunks _ -> isForgotten();
            case Abilities.Streaming.Live _, Abilities.Streaming.Edits _, Abilities.Streaming.Fetched _ -> false;
        };
    }

    private boolean isForgotten() {
        lock.lock();
        try {
            if (!shown.isEmpty()) return false;
            made = "";
            round++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What is to be said at the end, where messages of it were said before; what was being shown has arrived. */
    public List<Part> rest(List<Part> whole) {
        finish();
        return screen.rest(whole);
    }

    /** Whether there are any words yet, shown or not. */
    public boolean isMade() {
        lock.lock();
        try {
            return !made.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What the customer has seen of it, or sees in a moment. */
    public String shown() {
        lock.lock();
        try {
            return shown;
        } finally {
            lock.unlock();
        }
    }

    /** Shows nothing more; never waits. What is being shown at this moment may still arrive. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Shows nothing at all, unless something was shown; says whether nothing was. */
    public boolean stopUnlessShown() {
        lock.lock();
        try {
            if (!shown.isEmpty()) return false;
            stop();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Shows nothing more, and returns when what was being shown has arrived or failed. */
    public void finish() {
        stop();
        lock.lock();
        try {
            if (!begun || streaming instanceof Abilities.Streaming.Whole) return;
        } finally {
            lock.unlock();
        }
        ended.join();
    }

    /** Takes back what was shown: the answer does not come. */
    public void withdraw() {
        finish();
        if (!shown().isEmpty()) screen.withdraw();
    }

    private void run() {
        try {
            var pace = new Pace(streaming, System.nanoTime());
            for (var next = next(pace, ""); !next.text().isEmpty(); next = next(pace, next.text())) {
                if (!show(next, pace)) return;
            }
        } catch (InterruptedException _) {
            // the hub ends
        } catch (RuntimeException e) {
            LOG.error("An answer could not be shown while it was made", e);
        } finally {
            ended.complete(null);
        }
    }

    /** Waits for something newer that it is time to show; empty when there will be none. */
    private Made next(Pace pace, String before) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped && pace.goesOn()) {
                if (made.isEmpty() || made.equals(before)) {
                    news.await();
                    continue;
                }
                var pause = pace.pause(System.nanoTime(), made.length() - before.length());
                if (pause <= 0) return new Made(made, round);
                var _ = news.awaitNanos(pause);
            }
            return new Made("", round);
        } finally {
            lock.unlock();
        }
    }

    private boolean show(Made next, Pace pace) {
        var safe = released.apply(next.text());
        lock.lock();
        try {
            if (stopped) return false;
            if (next.round() != round) return true;
            // A filter that has become stricter takes nothing back.
            if (safe.isEmpty() || shown.startsWith(safe)) return true;
            shown = safe;
        } finally {
            lock.unlock();
        }
        var pause = screen.show(safe);
        pace.shown(System.nanoTime() + pause.orElse(Duration.ZERO).toNanos());
        return pause.isPresent();
    }
}
