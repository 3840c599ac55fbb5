package io.kefuhub.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** {@code kefuhub simulate} from the unpacked hub, in a process of its own. */
final class SimulatorProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("is simulated at (http://\\S+)");

    private final Process process;

    private SimulatorProcess(Process process) {
        this.process = process;
    }

    /** Returns at once: to start takes a second or two, in which other things can be done. */
    static SimulatorProcess begin(Path unpacked, String platform) throws IOException {
        var builder = new ProcessBuilder(
                        unpacked.resolve("bin/kefuhub").toString(), "simulate", platform, "--port", "0")
                .redirectErrorStream(true);
        builder.environment().put("KEFUHUB_JAVA_HOME", System.getProperty("java.home"));
        return new SimulatorProcess(builder.start());
    }

    /** Where it listens, as it says; waits until it does. */
    String address() {
        try {
            var out = process.inputReader(StandardCharsets.UTF_8);
            var said = new StringBuilder();
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                var found = ADDRESS.matcher(line);
                if (found.find()) {
                    // What else it says must not fill the pipe.
                    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                    return found.group(1);
                }
            }
            throw new AssertionError("it said: " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
