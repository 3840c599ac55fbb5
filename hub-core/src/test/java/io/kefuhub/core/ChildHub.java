package io.kefuhub.core;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A hub in a process of its own, with its own PostgreSQL, that a test may kill. Says its port in one line. */
final class ChildHub {
    private ChildHub() {}

    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]);
        if (!Files.exists(home.resolve("data"))) {
            try (var postgres = EmbeddedPostgres.start(home, _ -> {});
                    var database = Database.open(postgres.address())) {
                HubFixture.prepare(database, arguments[1]);
            }
        }
        var hub = Hub.start(HubFixture.setup(home, Optional.empty()));
        System.out.println("port " + hub.port());
    }
}
