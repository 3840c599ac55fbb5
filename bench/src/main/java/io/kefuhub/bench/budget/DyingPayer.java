package io.kefuhub.bench.budget;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** A process that pays for turns, 200 at once, and says of each what it cost, until it is killed. */
final class DyingPayer {
    private static final int AT_ONCE = 200;

    private DyingPayer() {}

    /** {@code URL USER PASSWORD SOCKET PROVIDER DESK}; the socket may be empty. */
    public static void main(String[] arguments) {
        var socket = Optional.of(arguments[3]).filter(text -> !text.isEmpty()).map(Path::of);
        var database = Database.open(new DatabaseAddress(arguments[0], arguments[1], arguments[2], socket));
        var turns = new Turns(database, arguments[4]);
        turns.room.start();
        System.out.println("started");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < AT_ONCE; i++) {
                var customer = "customer-" + i;
                threads.execute(() -> {
                    while (true) {
                        var random = ThreadLocalRandom.current();
                        turns.turn(arguments[5], customer, random.nextLong(1, 100), random.nextLong(1, 20))
                                .ifPresent(turn -> System.out.println(turn.attempt() + " " + turn.cost()));
                    }
                });
            }
        }
    }
}
