package io.kefuhub.core.database;

import java.nio.file.Path;
import java.util.List;

/** Owns an embedded database, writes numbers into it and prints each once it is durable, until it is killed. */
final class DyingHub {
    private DyingHub() {}

    public static void main(String[] arguments) {
        try {
            run(Path.of(arguments[0]));
        } catch (DataFolderInUseException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    private static void run(Path home) {
        var postgres = EmbeddedPostgres.start(home, line -> {});
        var database = Database.open(postgres.address());
        database.useTransaction(tx -> tx.execute("create table if not exists number (n int primary key)"));
        GroupWriter.Batch<Integer, Integer> numbers = (tx, units, _) -> insert(tx, units);
        for (var i = 0; i < Integer.MAX_VALUE; i++) {
            var _ = database.writer().write(numbers, i).thenAccept(System.out::println);
        }
    }

    static List<Integer> insert(org.jdbi.v3.core.Handle tx, List<Integer> numbers) {
        tx.createUpdate("insert into number select unnest(:numbers) on conflict do nothing")
                .bindArray("numbers", Integer.class, numbers)
                .execute();
        return numbers;
    }
}
