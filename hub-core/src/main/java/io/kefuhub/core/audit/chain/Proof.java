package io.kefuhub.core.audit.chain;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.web.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the audit while the hub runs, as {@code kefuhub audit verify} does: on a thread of its own, a page at a time, with
 * a rest after each, so that nobody waits for it. One at a time, which alone writes how it stands; what came of the last one
 * is kept. Safe for threads.
 */
public final class Proof implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proof.class);
    private static final long REST_MS = 20;
    private static final long PATIENCE_MS = 5_000;

    private final Database database;
    private final AuditLog audit;
    private final Checkpoints checkpoints;
    private final String publicHalf;
    private final InstantSource clock;
    private final Links links = new Links();
    private volatile State state = State.NONE;
    private volatile Optional<Thread> worker = Optional.empty();

    /**
     * How it stands.
     *
     * @param running whether one is under way, and how far it is
     * @param last what came of the last one that came to an end
     * @param failed whether the latest could not be brought to an end
     */
    record State(Optional<Running> running, Optional<Proven> last, boolean failed) {
        static final State NONE = new State(Optional.empty(), Optional.empty(), false);
    }

    /** @param of links there were when it began */
    record Running(Instant since, long walked, long of) {}

    record Proven(Instant at, Verification.Outcome outcome) {}

    /**
     * @param folder where checkpoints lie
     * @param publicHalf of the key that this hub signs with
     */
    public Proof(Database database, AuditLog audit, Path folder, String publicHalf, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.checkpoints = new Checkpoints(folder);
        this.publicHalf = publicHalf;
        this.clock = clock;
    }

    State now() {
        return state;
    }

    /** Begins one in the hub's own name. */
    public void begin() {
        begin("hub");
    }

    /** Begins one, unless one is under way. */
    synchronized void begin(String actor) {
        if (state.running().isPresent()) return;
        long of = database.read(links::head).map(Link::number).orElse(0L);
        var since = clock.instant();
        state = new State(Optional.of(new Running(since, 0, of)), state.last(), false);
        worker = Optional.of(Thread.ofPlatform()
                .daemon()
                .name("audit-proof")
                .priority(Thread.MIN_PRIORITY)
                .start(() -> prove(actor, since, of)));
    }

    private void prove(String actor, Instant since, long of) {
        try {
            var lines = checkpoints.all();
            var outcome = new Verification(database::read, walked -> {
                        var running = new Running(since, walked, Math.max(of, walked));
                        state = new State(Optional.of(running), state.last(), false);
                        rest();
                    })
                    .run(Optional.empty(), lines, Optional.of(publicHalf));
            var at = clock.instant();
            tell(actor, at, outcome);
            state = new State(Optional.empty(), Optional.of(new Proven(at, outcome)), false);
        } catch (Stopped _) {
            failed();
        } catch (DatabaseAwayException | UncheckedIOException e) {
            LOG.warn("The audit could not be verified to its end: {}", e.getMessage());
            failed();
        } catch (RuntimeException | Error e) {
            failed();
            throw e;
        }
    }

    private void failed() {
        state = new State(Optional.empty(), state.last(), true);
    }

    private void tell(String actor, Instant at, Verification.Outcome outcome) {
        var found = outcome.findings().size() + outcome.notShown();
        if (found > 0) LOG.error("The audit is not what was sealed: {} findings; see kefuhub audit verify", found);
        var detail = Json.text(Map.of("rows", outcome.walked(), "findings", found));
        database.useTransaction(
                tx -> audit.append(tx, new AuditEntry(at, actor, "audit.verified", "audit", Optional.empty(), detail)));
    }

    private static void rest() {
        try {
            Thread.sleep(REST_MS);
        } catch (InterruptedException _) {
            throw new Stopped();
        }
    }

    /** The hub ends. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    @Override
    public void close() {
        if (worker.isEmpty()) return;
        worker.get().interrupt();
        try {
            worker.get().join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
