package io.kefuhub.core.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the database is away and once that it is back. One thread only. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private boolean lasting;
    private long since;

    void begins(Fault fault, Throwable cause) {
        if (lasting) {
            return;
        }
        lasting = true;
        since = System.nanoTime();
        if (fault == Fault.FULL) {
            LOG.error("The database cannot store more, its disk is full; writes wait: {}", cause.getMessage());
        } else {
            LOG.warn("The database is away; writes wait for it: {}", cause.getMessage());
        }
    }

    void ends() {
        if (lasting) {
            lasting = false;
            LOG.info("The database is back after {} ms.", (System.nanoTime() - since) / 1_000_000);
        }
    }

    boolean lasting() {
        return lasting;
    }
}
