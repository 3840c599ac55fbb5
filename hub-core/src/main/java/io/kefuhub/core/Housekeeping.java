package io.kefuhub.core;

import io.kefuhub.core.conversation.Revisions;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.plugin.InstanceValues;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Throws away, every few minutes, what has expired: uploads that nothing used, values that plugins kept for a time, and changes of messages
 * that never came.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int MINUTES = 5;

    private final Database database;
    private final HubFiles files;
    private final InstantSource clock;
    private final InstanceValues values = new InstanceValues();
    private final Revisions revisions = new Revisions();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("housekeeping").daemon().factory());

    @SuppressWarnings("FutureReturnValueIgnored") // the timer ends with close
    Housekeeping(Database database, HubFiles files, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.clock = clock;
        timer.scheduleWithFixedDelay(this::sweep, MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    private void sweep() {
        try {
            var uploads = files.sweep();
            int expired = database.inTransaction(tx -> values.sweep(tx, clock.instant()));
            int early = database.inTransaction(tx -> revisions.sweep(tx, clock.instant()));
            LOG.debug("Threw away {} uploads, {} values and {} changes of what never came", uploads, expired, early);
        } catch (RuntimeException e) {
            // The next sweep finds it again.
            LOG.warn("Housekeeping failed: {}", e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
