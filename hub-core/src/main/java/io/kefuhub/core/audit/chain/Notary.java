package io.kefuhub.core.audit.chain;

import io.kefuhub.core.config.SigningKey;
import io.kefuhub.core.database.Database;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the end of the chain into a file every few minutes in which something was sealed, when a day ends and when the hub
 * stops. Before it does it looks whether the chain still holds what it signed last. The sealer's thread only.
 */
public final class Notary {
    private static final Logger LOG = LoggerFactory.getLogger(Notary.class);
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final Database database;
    private final Checkpoints checkpoints;
    private final SigningKey key;
    private final InstantSource clock;
    private final Links links = new Links();
    private Instant looked = Instant.EPOCH;
    private volatile boolean broken;

    /** @param folder where the files lie; made when there is something to sign */
    public Notary(Database database, Path folder, SigningKey key, InstantSource clock) {
        this.database = database;
        this.checkpoints = new Checkpoints(folder);
        this.key = key;
        this.clock = clock;
    }

    /** Whether the chain is another than was signed. */
    public boolean foundItBroken() {
        return broken;
    }

    /** Signs if it is time to. */
    void look() {
        var now = clock.instant();
        if (now.isBefore(looked.plus(EVERY)) && day(now).equals(day(looked))) return;
        sign(now);
    }

    /** Signs if anything was sealed since it was done last. */
    void sign() {
        sign(clock.instant());
    }

    private void sign(Instant now) {
        try {
            var last = checkpoints.last().flatMap(Checkpoints.Line::checkpoint);
            last.ifPresent(this::compare);
            var head = database.read(links::head);
            var isNew = head.isPresent()
                    && last.filter(one -> one.agreesWith(head.get())).isEmpty();
            if (isNew) checkpoints.add(head.get(), now, key);
            looked = now;
        } catch (UncheckedIOException e) {
            LOG.error("The end of the audit's chain cannot be signed: {}", e.getMessage());
        }
    }

    private void compare(Checkpoint last) {
        broken = database.read(db -> links.numbered(db, last.number()))
                .filter(last::agreesWith)
                .isEmpty();
        if (broken) {
            LOG.error(
                    "The audit's chain is not what was signed at {}: rows are missing or were changed; see kefuhub audit verify",
                    last.at());
        }
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
