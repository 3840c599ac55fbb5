package io.kefuhub.core.plugin.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Builds a real plugin jar from sources. */
public final class PluginJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();

    private PluginJar() {}

    public static PluginJar of(String id, String version) {
        return new PluginJar()
                .manifest("Plugin-Id", id)
                .manifest("Plugin-Version", version)
                .manifest("Plugin-Class", "ext.ThePlugin")
                .manifest("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** A plugin with one filter, {@code id}, that does what the body of its {@code apply} says. */
    public static PluginJar filter(String id, String version, String apply) {
        return of(id, version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new TheFactory());
                    }

                    static final class TheFactory implements FilterFactory {
                        @Override
                        public Description description() {
                            return new Description("%s", Map.of(Language.EN, "A filter"), List.of());
                        }

                        @Override
                        public Filter create(Settings settings, FilterContext context) {
                            return new TheFilter();
                        }
                    }

                    static final class TheFilter implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            %s
                        }
                    }
                }
                """.formatted(id, apply));
    }

    public PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    public PluginJar file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public PluginJar manifest(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    public PluginJar without(String name) {
        manifest.remove(name);
        return this;
    }

    public Path build(Path jar) throws IOException {
        var header = new Manifest();
        header.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> header.getMainAttributes().putValue(name, value));
        var text = new ByteArrayOutputStream();
        header.write(text);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, JarFile.MANIFEST_NAME, text.toByteArray());
            for (var file : Compiled.of(sources).entrySet()) put(out, file.getKey(), file.getValue());
            for (var file : files.entrySet()) put(out, file.getKey(), file.getValue());
        }
        return jar;
    }

    /** The class file of a source. */
    public static byte[] compiled(String className, String text) {
        return Objects.requireNonNull(Compiled.of(Map.of(className, text)).get(className.replace('.', '/') + ".class"));
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        // The same content gives the same jar, however long it took to make.
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
