package io.kefuhub.bench.models;

import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;

/** The plugin for chat completions as it is packed, in a class loader of its own. */
final class PackedPlugin {
    private PackedPlugin() {}

    static AiProvider provider(Path jar, String offer, Map<String, String> settings, AiProviderContext context)
            throws IOException, ReflectiveOperationException {
        String name;
        try (var file = new JarFile(jar.toFile())) {
            name = file.getManifest().getMainAttributes().getValue("Plugin-Class");
        }
        // It lives as long as the process.
        var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new ApiOnly());
        var plugin = (HubPlugin) loader.loadClass(name).getDeclaredConstructor().newInstance();
        var factory = plugin.contributions().stream()
                .filter(one -> one.description().id().equals(offer))
                .map(AiProviderFactory.class::cast)
                .findFirst()
                .orElseThrow();
        return factory.create(io.kefuhub.api.Settings.of(settings), context);
    }

    /** What a plugin sees of everything around it. */
    private static final class ApiOnly extends ClassLoader {
        ApiOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.kefuhub.api.") || name.startsWith("org.slf4j.")) return Class.forName(name);
            throw new ClassNotFoundException(name);
        }
    }
}
