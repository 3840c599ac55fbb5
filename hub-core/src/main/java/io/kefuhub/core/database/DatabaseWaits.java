package io.kefuhub.core.database;

import java.time.Duration;

/**
 * How long each kind of caller is kept waiting for a database that is away.
 *
 * @param open at start, for instance for a database container that starts beside the hub
 * @param call a read or a transaction
 * @param write a unit handed to the {@link GroupWriter}
 */
public record DatabaseWaits(Duration open, Duration call, Duration write) {
    public static final DatabaseWaits USUAL =
            new DatabaseWaits(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(60));
}
