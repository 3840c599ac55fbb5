package io.kefuhub.core.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the database is away and once that it is back, whoever notices. Safe for threads. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private volatile boolean lasting;
    private long since;

    synchronized void begins(Fault fault, Throwable cause) {
        if (lasting) {
            return;
        }
        lasting = true;
        since = System.nanoTime();
        if (fault == Fault.FULL) {
            LOG.error("The database cannot store more, its disk is full; writes wait: {}", root(cause));
        } else {
            LOG.warn("The database is away; writes wait for it: {}", root(cause));
        }
    }

    private static String root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    void ends() {
        if (lasting) {
            end();
        }
    }

    private synchronized void end() {
        if (lasting) {
            lasting = false;
            LOG.info("The database is back after {} ms.", (System.nanoTime() - since) / 1_000_000);
        }
    }
}
