package io.kefuhub.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Short commands of the operating system, and folders that go with this Java machine. */
final class Shell {
    private Shell() {}

    static void run(List<String> words) {
        try {
            var process = new ProcessBuilder(words).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new AssertionError(words + " ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new folder, deleted when the tests are over. */
    static Path folder(String prefix) {
        try {
            // Others than its owner may have to pass, such as the account that runs a database.
            var folder = Files.createTempDirectory(prefix);
            run(List.of("chmod", "711", folder.toString()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run(List.of("rm", "-rf", folder.toString()))));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
