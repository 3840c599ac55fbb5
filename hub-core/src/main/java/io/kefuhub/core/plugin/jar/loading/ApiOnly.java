package io.kefuhub.core.plugin.jar.loading;

import java.util.List;

/**
 * What a plugin sees beside its own jar: the plugin API, SLF4J, nullness annotations and the JDK. Everything else of the
 * hub does not exist for it, so that it can bring any version of any library.
 */
public final class ApiOnly extends ClassLoader {
    /** Packages that come from the hub, whatever the jar brings. */
    public static final List<String> SHOWN = List.of("io.kefuhub.api.", "org.slf4j.", "org.jspecify.annotations.");

    /** The contract kit, which the hub has for its own use: it is for tests and not a part of the API. */
    private static final String KIT = "io.kefuhub.api.kit.";

    private final ClassLoader hub;

    ApiOnly(ClassLoader hub) {
        super("plugin-api", ClassLoader.getPlatformClassLoader());
        this.hub = hub;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (var prefix : SHOWN) {
            if (name.startsWith(prefix) && !name.startsWith(KIT)) return hub.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }
}
