package io.kefuhub.core.database;

/** A short wait between two tries. */
final class Pause {
    private Pause() {}

    /** Waits; returns at once, with the thread's flag set again, when it is interrupted. */
    static void milliseconds(long count) {
        try {
            Thread.sleep(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
