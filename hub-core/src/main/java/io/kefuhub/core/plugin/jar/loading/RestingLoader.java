package io.kefuhub.core.plugin.jar.loading;

import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** Loads a plugin's own classes, in one go or with rests. Safe for threads. */
final class RestingLoader extends PluginClassLoader {
    private final Rests rests = new Rests();

    RestingLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader parent) {
        super(manager, descriptor, parent, ClassLoadingStrategy.APD);
    }

    Rests rests() {
        return rests;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return rests.between(() -> super.findClass(name));
    }
}
