package io.kefuhub.core.plugin.jar;

import java.util.List;

/**
 * What a plugin sees beside its own jar: the plugin API, SLF4J, nullness annotations and the JDK. Everything else of the
 * hub does not exist for it, so that it can bring any version of any library.
 */
final class ApiOnly extends ClassLoader {
    /** Packages that come from the hub, whatever the jar brings. */
    static final List<String> SHOWN = List.of("io.kefuhub.api.", "org.slf4j.", "org.jspecify.annotations.");

    private final ClassLoader hub;

    ApiOnly(ClassLoader hub) {
        super("plugin-api", ClassLoader.getPlatformClassLoader());
        this.hub = hub;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (var prefix : SHOWN) {
            if (name.startsWith(prefix)) return hub.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }
}
