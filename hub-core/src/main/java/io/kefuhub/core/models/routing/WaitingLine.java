package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.Cancel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** So many may be inside at once; a few more wait in line, first come, first served. Safe for threads. */
final class WaitingLine {
    private final Deque<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
    private int room;
    private int inside;

    WaitingLine(int room) {
        this.room = room;
    }

    /** Goes in if there is a place now and nobody waits for it. */
    synchronized boolean tryEnter() {
        if (inside >= room || !waiting.isEmpty()) return false;
        inside++;
        return true;
    }

    /**
     * Goes in as soon as there is a place; says whether it did, after the patience, the cancel, or at once with a full line.
     *
     * @param most how many may wait
     */
    boolean enter(Duration patience, int most, Cancel cancel) {
        CompletableFuture<Boolean> place;
        synchronized (this) {
            if (tryEnter()) return true;
            if (waiting.size() >= most) return false;
            place = new CompletableFuture<>();
            waiting.add(place);
        }
        cancel.onRequest(() -> place.complete(false));
        try {
            return place.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // A place that was given in this very moment is taken.
            return !place.complete(false) && place.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !place.complete(false) && place.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                waiting.remove(place);
            }
        }
    }

    synchronized void leave() {
        inside--;
        letIn();
    }

    synchronized void resize(int changed) {
        room = changed;
        letIn();
    }

    synchronized int inside() {
        return inside;
    }

    private void letIn() {
        while (inside < room) {
            var next = waiting.poll();
            if (next == null) return;
            if (next.complete(true)) inside++;
        }
    }
}
