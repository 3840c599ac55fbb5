package io.kefuhub.core.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A short program of the operating system, run to its end. */
final class Command {
    /** @param output what it printed on both streams */
    record Outcome(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }
    }

    private Command() {}

    /** Runs it for at most five minutes; a program that is not there is an outcome too. */
    static Outcome run(List<String> words) {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = CompletableFuture.supplyAsync(() -> text(process), Thread.ofVirtual()::start);
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Outcome(-1, words.getFirst() + " did not end within five minutes");
            }
            return new Outcome(process.exitValue(), output.join());
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, "interrupted");
        }
    }

    static Outcome run(String... words) {
        return run(List.of(words));
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
