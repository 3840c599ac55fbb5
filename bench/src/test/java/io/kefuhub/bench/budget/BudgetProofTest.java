package io.kefuhub.bench.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** {@code bench/budget} in small. */
class BudgetProofTest {
    @Test
    void no_budget_is_overshot_and_the_books_balance_though_processes_are_killed()
            throws IOException, InterruptedException, ExecutionException {
        var home = Files.createTempDirectory("budget");
        // PostgreSQL's own user must be able to enter it.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            assertThat(BudgetProof.prove(home, 2, Duration.ofSeconds(1), 7)).isEmpty();
        } finally {
            delete(home);
        }
    }

    private static void delete(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
