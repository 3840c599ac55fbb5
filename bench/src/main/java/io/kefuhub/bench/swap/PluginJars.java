package io.kefuhub.bench.swap;

import io.kefuhub.bench.plugin.ReplyPlugin;
import io.kefuhub.bench.plugin.WatchPlugin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs plugins, each as 1.0.0 and as 1.0.1. */
public final class PluginJars {
    private static final String FIRST = "1.0.0";
    private static final String SECOND = "1.0.1";
    static final Set<String> BOTH = Set.of(FIRST, SECOND);
    private static final String CHANNEL = "channel-web";

    private final Path folder;

    /** @param folder that the hub takes plugins from */
    PluginJars(Path folder) {
        this.folder = folder;
    }

    Swapped filter() throws IOException {
        return ours(WatchPlugin.FILTER, WatchPlugin.class);
    }

    Swapped responder() throws IOException {
        return ours(ReplyPlugin.RESPONDER, ReplyPlugin.class);
    }

    /** The channel as it comes with the hub, and the same under another version. */
    Swapped channel(Path dist) throws IOException {
        var packaged = Files.readAllBytes(dist.resolve("plugins/" + CHANNEL + "-1.0.0.jar"));
        return new Swapped(CHANNEL, file(CHANNEL), packaged, renumbered(packaged));
    }

    private Path file(String plugin) {
        return folder.resolve(plugin + ".jar");
    }

    private Swapped ours(String id, Class<?> type) throws IOException {
        return new Swapped(id, file(id), packed(id, FIRST, type), packed(id, SECOND, type));
    }

    /**
     * Packs a plugin of classes that are on the class path.
     *
     * @param types the plugin's own first; the classes inside them go along
     */
    public static byte[] packed(String id, String version, Class<?>... types) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Plugin-Id", id);
        main.putValue("Plugin-Version", version);
        main.putValue("Plugin-Class", types[0].getName());
        main.putValue("Plugin-Requires", ">=1.0.0 & <2.0.0");
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            for (var type : withInner(types)) put(jar, type);
        }
        return bytes.toByteArray();
    }

    private static Set<Class<?>> withInner(Class<?>... types) {
        var all = new LinkedHashSet<Class<?>>();
        for (var type : types) {
            all.add(type);
            all.addAll(List.of(type.getDeclaredClasses()));
        }
        return all;
    }

    private static void put(JarOutputStream jar, Class<?> type) throws IOException {
        var name = type.getName().replace('.', '/') + ".class";
        try (var in = type.getClassLoader().getResourceAsStream(name)) {
            if (in == null) throw new IOException("no " + name);
            jar.putNextEntry(new JarEntry(name));
            in.transferTo(jar);
            jar.closeEntry();
        }
    }

    private static byte[] renumbered(byte[] packaged) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var from = new JarInputStream(new ByteArrayInputStream(packaged))) {
            var manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().putValue("Plugin-Version", SECOND);
            try (var to = new JarOutputStream(bytes, manifest)) {
                for (var entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.transferTo(to);
                    to.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }
}
