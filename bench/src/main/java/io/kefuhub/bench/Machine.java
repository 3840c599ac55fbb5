package io.kefuhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what the figures were measured on. */
public final class Machine {
    private Machine() {}

    public static String describe() throws IOException {
        var model = value(Path.of("/proc/cpuinfo"), "model name");
        var memory = Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) >> 20;
        var busy = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return "%d cores of %s, %d GB, Linux %s, Java %s; hub, PostgreSQL and load together; load average before: %s%n"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        memory,
                        System.getProperty("os.version"),
                        Runtime.version(),
                        busy);
    }

    private static String value(Path file, String key) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
