package io.kefuhub.dist;

import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A plugin with a filter that stamps what the bot says: with a word of the admin's, and with its own version. */
final class StampPlugin {
    static final String ID = "filter-stamp";
    static final String AUTHOR = "Stamps & Seals Ltd";

    private static final String SOURCE = """
            package ext;

            import io.kefuhub.api.*;
            import io.kefuhub.api.filter.*;
            import io.kefuhub.api.message.*;
            import java.util.*;

            public final class ThePlugin implements HubPlugin {
                static final SettingSpec WORD = SettingSpec.text("word", "Word").withLabel(Language.ZH_CN, "印章");

                @Override
                public List<Contribution> contributions() {
                    return List.of(new Factory());
                }

                static final class Factory implements FilterFactory {
                    @Override
                    public Description description() {
                        return new Description(
                                "stamp", Map.of(Language.EN, "Stamp", Language.ZH_CN, "盖章"), List.of(WORD));
                    }

                    @Override
                    public Filter create(Settings settings, FilterContext context) {
                        var word = settings.text(WORD);
                        if (word.length() > 4) throw new SettingsException("word", "at most 4 characters");
                        return new Stamp(word);
                    }
                }

                record Stamp(String word) implements Filter {
                    @Override
                    public Set<Stage> stages() {
                        return Set.of(Stage.BOT_OUT);
                    }

                    @Override
                    public Verdict apply(Message message, Facts facts, Stage stage) {
                        return Verdict.rewrite(
                                List.of(new Part.Text(message.text() + " [" + word + " %s]")));
                    }
                }
            }
            """;

    private StampPlugin() {}

    /** Puts a version that works into a folder of plugins, all at once; returns the file. */
    static Path drop(Path folder, String version) {
        return drop(folder, version, stamping(version));
    }

    /** Puts a version into it that works and wants to call a host. */
    static void dropAsking(Path folder, String version, String host) {
        drop(folder, version, stamping(version).manifest("Plugin-Hosts", host));
    }

    /** A version that works, as a file of its own. */
    static Path built(String version) {
        return built(version, stamping(version));
    }

    /** A version, as a file of its own, that starts and then fails at every message. */
    static Path failing(String version) {
        var source = SOURCE.formatted(version)
                .replace("return Verdict", "if (true) throw new IllegalStateException(\"no ink\");\nreturn Verdict");
        return built(version, PluginJar.of(ID, version).source("ext.ThePlugin", source));
    }

    /** A version, as a file of its own, that leaves an object of its own with a class of the JDK. */
    static Path registering(String version) {
        var source = SOURCE.formatted(version)
                .replace("return List.of(new Factory())", "Registered.once();\nreturn List.of(new Factory())");
        return built(
                version,
                PluginJar.of(ID, version).source("ext.ThePlugin", source).source("ext.Registered", """
                        package ext;

                        import java.util.logging.*;

                        public final class Registered extends Handler {
                            static void once() {
                                Logger.getLogger("").addHandler(new Registered());
                            }

                            @Override
                            public void publish(LogRecord line) {}

                            @Override
                            public void flush() {}

                            @Override
                            public void close() {}
                        }
                        """));
    }

    /** Puts a version into it that throws when it is asked what it offers. */
    static void dropBroken(Path folder, String version) {
        drop(folder, version, PluginJar.of(ID, version).source("ext.ThePlugin", """
                package ext;

                public final class ThePlugin implements io.kefuhub.api.HubPlugin {
                    @Override
                    public java.util.List<io.kefuhub.api.Contribution> contributions() {
                        throw new IllegalStateException("the ink is dry");
                    }
                }
                """));
    }

    private static PluginJar stamping(String version) {
        return PluginJar.of(ID, version)
                .manifest("Plugin-Provider", AUTHOR)
                .source("ext.ThePlugin", SOURCE.formatted(version));
    }

    private static Path drop(Path folder, String version, PluginJar jar) {
        try {
            var built = built(version, jar);
            var name = built.getFileName().toString();
            var beside = Files.copy(built, folder.resolve(name + ".part"));
            return Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path built(String version, PluginJar jar) {
        try {
            return jar.build(Files.createTempDirectory("stamp").resolve(ID + "-" + version + ".jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
