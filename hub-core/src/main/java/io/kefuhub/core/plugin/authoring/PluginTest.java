package io.kefuhub.core.plugin.authoring;

import io.kefuhub.core.config.ConfigException;
import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.jar.JarFormat;
import io.kefuhub.core.plugin.jar.JarInspection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The command {@code kefuhub plugin test}: tries a jar as the hub would, and asks what the contract kit asks. */
public final class PluginTest {
    public static final int FINE = 0;
    public static final int FAILED = 1;
    public static final int NOT_TRIED = 2;

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /**
     * @param terminal whether a person reads what is printed
     */
    public PluginTest(
            Map<String, String> environment, InstantSource clock, PrintStream out, PrintStream err, boolean terminal) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Tries one jar and prints what comes of it. What hangs is given up, though its thread may still run afterwards.
     *
     * @param words what was typed after {@code plugin test}
     * @return the exit code
     */
    public int run(List<String> words) {
        var language = TestOptions.language(environment);
        try {
            var options = TestOptions.read(words, environment);
            language = options.language();
            return run(options);
        } catch (TestOptions.UsageException e) {
            err.println(e.in(language));
            err.println();
            err.println(TestOptions.usage(language));
            return NOT_TRIED;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return NOT_TRIED;
        } catch (IOException e) {
            err.println((language.isChinese() ? "无法读取该文件：" : "The file cannot be read: ") + e);
            return NOT_TRIED;
        }
    }

    private int run(TestOptions options) throws IOException, TestOptions.UsageException {
        var began = System.nanoTime();
        if (!Files.isRegularFile(options.jar())) {
            throw new TestOptions.UsageException("No such file: " + options.jar(), "没有这个文件：" + options.jar());
        }
        var report = new Report(out, options.language(), terminal && !environment.containsKey("NO_COLOR"));
        var folder = Files.createTempDirectory("kefuhub-plugin-test");
        var copy = folder.resolve("plugin.jar");
        var config = HubConfig.from(environment);
        var filterDeadline = config.filterDeadline().orElse(Kind.FILTER.deadline());
        try (var guard = new Guard((_, _, _, _) -> {}, System::nanoTime, filterDeadline)) {
            Files.copy(options.jar(), copy);
            var inspection = new JarInspection(
                    config.signedPluginsOnly(), config.home().resolve("conf").resolve("trust"), clock);
            report.section("%s", "%s", Report.plain(String.valueOf(options.jar().getFileName())));
            new JarTrial(options, report, guard, inspection, new JarFormat(guard, inspection)).of(copy);
            return report.end(Duration.ofNanos(System.nanoTime() - began));
        } finally {
            delete(folder, copy);
        }
    }

    private static void delete(Path folder, Path copy) throws IOException {
        Files.deleteIfExists(copy);
        Files.delete(folder);
    }
}
