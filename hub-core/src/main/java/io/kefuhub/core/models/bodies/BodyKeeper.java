package io.kefuhub.core.models.bodies;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.models.CallWitness;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.RouteModule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what models were asked and what they answered, beside the calls: they put it into a bounded queue and go on; one
 * thread encrypts and writes what is in it, five times a second. What does not fit is dropped and counted.
 */
public final class BodyKeeper implements CallWitness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BodyKeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int GONE_AT_ONCE = 1_000;

    private final Database database;
    private final AuditLog audit;
    private final SealedBodies sealed;
    private final InstantSource clock;
    private final IntSupplier days;
    private final Pace pace;
    private final Bodies bodies = new Bodies();
    private final LinkedBlockingQueue<Waiting> queue;
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * How much waits and how it is written.
     *
     * @param bodies that wait at most
     * @param characters that wait at most, all together
     * @param batch bodies of one transaction at most
     */
    record Pace(int bodies, long characters, int batch, Duration pause) {
        static final Pace USUAL = new Pace(5_000, 16L << 20, 500, Duration.ofMillis(200));
    }

    private record Waiting(UUID attempt, Instant at, AiRequest request, String answer, long characters) {}

    /** @param days for how many bodies are kept; 0 keeps none */
    public BodyKeeper(Database database, AuditLog audit, SecretBox box, InstantSource clock, IntSupplier days) {
        this(database, audit, box, clock, days, Pace.USUAL);
    }

    BodyKeeper(Database database, AuditLog audit, SecretBox box, InstantSource clock, IntSupplier days, Pace pace) {
        this.database = database;
        this.audit = audit;
        this.sealed = new SealedBodies(box);
        this.clock = clock;
        this.days = days;
        this.pace = pace;
        queue = new LinkedBlockingQueue<>(pace.bodies());
        thread = Thread.ofPlatform().name("call-bodies").daemon().unstarted(this::run);
    }

    /** Begins to write, until it is closed. */
    public void start() {
        thread.start();
    }

    public RouteModule routes() {
        return new BodyRoutes(this);
    }

    public void addTo(Metrics metrics) {
        metrics.counters(
                "kefuhub_model_bodies_total",
                "Questions and answers of models that were kept, or dropped because too many waited.",
                () -> Map.of(
                        Map.of("outcome", "kept"), (double) kept.get(),
                        Map.of("outcome", "dropped"), (double) dropped.get()));
    }

    @Override
    public void ended(UUID attempt, AiRequest request, String answer) {
        if (days.getAsInt() == 0) return;
        var length = length(request) + answer.length();
        if (characters.addAndGet(length) > pace.characters()
                || !queue.offer(new Waiting(attempt, clock.instant(), request, answer, length))) {
            characters.addAndGet(-length);
            dropped.incrementAndGet();
        }
    }

    private static long length(AiRequest request) {
        long length = request.system().length();
        for (var turn : request.messages()) length += turn.text().length();
        return length;
    }

    private void run() {
        try {
            do writeAll();
            while (!closing.await(pace.pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() throws InterruptedException {
        var batch = new ArrayList<Waiting>(pace.batch());
        while (queue.drainTo(batch, pace.batch()) > 0) {
            var written = write(batch);
            for (var one : batch) characters.addAndGet(-one.characters());
            batch.clear();
            if (!written && closing.getCount() == 0) {
                dropped.addAndGet(queue.size());
                return;
            }
        }
    }

    /** Tries until it is written, or refused, or the hub ends. */
    private boolean write(List<Waiting> batch) throws InterruptedException {
        do {
            try {
                var rows = batch.stream().map(this::sealed).toList();
                database.useTransaction(tx -> bodies.insert(tx, rows));
                kept.addAndGet(rows.size());
                return true;
            } catch (DatabaseAwayException e) {
                LOG.debug("Questions and answers of models wait for the database");
            } catch (RuntimeException e) {
                LOG.error("Questions and answers of {} calls to models could not be kept", batch.size(), e);
                break;
            }
        } while (!closing.await(pace.pause().toMillis(), TimeUnit.MILLISECONDS));
        dropped.addAndGet(batch.size());
        return false;
    }

    private Bodies.Kept sealed(Waiting one) {
        var body = Body.of(one.request(), one.answer());
        return new Bodies.Kept(one.attempt(), one.at(), sealed.seal(one.attempt(), body));
    }

    /**
     * Deletes what is older than the days for which it is kept, some at a time. The audit has it first, in the transaction of
     * the first deletion, so that nobody else's deletion looks like this one.
     */
    public void expire() {
        var before = clock.instant().minus(days.getAsInt(), ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
        int gone = database.inTransaction(tx -> {
            var rows = bodies.count(tx, before);
            if (rows == 0) return 0;
            audit.append(
                    tx,
                    new AuditEntry(
                            clock.instant(),
                            "hub",
                            "attempt-bodies.expired",
                            "attempt-bodies",
                            Optional.empty(),
                            Json.text(Map.of("before", before.toString(), "rows", rows))));
            return bodies.delete(tx, before, GONE_AT_ONCE);
        });
        while (gone == GONE_AT_ONCE) gone = database.inTransaction(tx -> bodies.delete(tx, before, GONE_AT_ONCE));
    }

    /** One body, and who looks at it into the audit; empty if it was not kept, or not for so long. */
    Optional<Read> read(UUID attempt, String actor) {
        return database.inTransaction(tx -> {
                    var found = bodies.find(tx, attempt);
                    found.ifPresent(_ -> audit.append(
                            tx, AuditEntry.of(clock.instant(), actor, "attempt-body.read", "attempt:" + attempt)));
                    return found;
                })
                .map(one -> new Read(one.at(), sealed.open(attempt, one.sealed())));
    }

    /** @param at when the call ended */
    record Read(Instant at, Body body) {}

    /** Writes what waits, if the database is there. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PATIENCE.toMillis());
            if (!thread.isAlive()) writeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
