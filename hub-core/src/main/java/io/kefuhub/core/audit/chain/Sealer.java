package io.kefuhub.core.audit.chain;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what was written, within a second: takes the rows that have no link yet and adds one for each to the chain.
 *
 * <p>It comes after the transactions that decide and shares no lock with them. A row counts from when its transaction has
 * ended, however long that took: what is looked at are all transactions since the oldest that had not ended the last time.
 * Each batch is one transaction, so that one that was cut off left nothing; of several hubs on a database one seals.
 */
public final class Sealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BATCH = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final Optional<Notary> notary;
    private final int batch;
    private final Links links = new Links();
    private final RecordedRows rows = new RecordedRows();
    private final AtomicLong sealed = new AtomicLong();
    private boolean wasFull;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** @param notary signs what this one seals */
    public Sealer(Database database, InstantSource clock, Notary notary) {
        this(database, clock, Optional.of(notary), BATCH);
    }

    /** @param batch rows of one transaction at most */
    Sealer(Database database, InstantSource clock, Optional<Notary> notary, int batch) {
        this.database = database;
        this.clock = clock;
        this.notary = notary;
        this.batch = batch;
        thread = Thread.ofPlatform().name("audit-sealer").daemon().unstarted(this::run);
    }

    /** Begins to seal, until it is closed. */
    public void start() {
        thread.start();
    }

    /** Shows how it fares. */
    public void addTo(Metrics metrics) {
        metrics.gauge("kefuhub_audit_sealed_rows", "Rows this hub has sealed since it started.", sealed::get);
        metrics.gauge(
                "kefuhub_audit_broken",
                "1 when the audit's chain is not what was signed.",
                () -> notary.filter(Notary::foundItBroken).isPresent() ? 1 : 0);
    }

    private void run() {
        try {
            do carefully(Notary::look);
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carefully(Consumer<Notary> signing) {
        try {
            sealAll();
            notary.ifPresent(signing);
        } catch (DatabaseAwayException e) {
            LOG.debug("The sealing waits for the database");
        } catch (RuntimeException e) {
            LOG.error("The audit could not be sealed; it is tried again", e);
        }
    }

    /** Seals until nothing is left. */
    void sealAll() {
        while (seal() == batch) LOG.debug("There is more to seal");
    }

    /** Seals one batch; says how many rows it was. */
    int seal() {
        int count = database.inTransaction(tx -> {
            if (!links.take(tx)) return 0;
            // First the marks, then the rows: whoever has ended by then is seen.
            var marks = links.marks(tx);
            var found = rows.unsealed(tx, marks.from(), marks.to(), batch);
            if (found.isEmpty()) {
                if (wasFull || marks.areFarBehind()) links.see(tx, marks.over());
                return 0;
            }
            var hashes = rows.hashes(
                    tx, found.stream().map(RecordedRows.Unsealed::row).toList());
            var now = clock.instant();
            var last = links.head(tx);
            var added = new ArrayList<Link>(found.size());
            for (var one : found) {
                var hash = hashes.apply(one.row());
                if (hash.isEmpty()) continue;
                var link = Link.after(last, one.row(), hash.get(), now);
                added.add(link);
                last = Optional.of(link);
            }
            links.append(tx, added);
            // Of a full batch the last transaction may have more; those before it are done.
            var done = found.size() < batch
                    ? marks.over()
                    : Math.min(marks.over(), found.getLast().tx());
            links.see(tx, done);
            return found.size();
        });
        wasFull = count == batch;
        sealed.addAndGet(count);
        return count;
    }

    /** Seals and signs what is left, if the database is there. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        carefully(Notary::sign);
    }
}
