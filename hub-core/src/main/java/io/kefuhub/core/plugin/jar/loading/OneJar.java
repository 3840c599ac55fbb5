package io.kefuhub.core.plugin.jar.loading;

import io.kefuhub.api.HubPlugin;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.pf4j.RuntimeMode;

/** PF4J for one jar alone, so that loading or unloading it touches no other. One thread at a time. */
public final class OneJar extends DefaultPluginManager {
    private final KeptLibraries.Loan libraries;

    /** @param libraries of the jar; it ends with them */
    public OneJar(Path folder, KeptLibraries.Loan libraries) {
        super(List.of(folder));
        this.libraries = libraries;
    }

    @Override
    public RuntimeMode getRuntimeMode() {
        return RuntimeMode.DEPLOYMENT;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new Loading(this);
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return Entry::of;
    }

    /** Makes the plugin's one object and returns it. */
    public HubPlugin start(String id) throws Exception {
        if (startPlugin(id) != PluginState.STARTED) throw failure(getPlugin(id));
        return ((Entry) getPlugin(id).getPlugin()).plugin;
    }

    /** Whether its classes are loaded with rests. */
    public void rests(String id, boolean now) {
        if (getPluginClassLoader(id) instanceof RestingLoader loader)
            loader.rests().on(now);
        libraries.rests(now);
    }

    private static Exception failure(PluginWrapper wrapper) {
        return wrapper.getFailedException() instanceof Exception failure
                ? failure
                : new IllegalStateException("its class could not be loaded: " + wrapper.getFailedException());
    }

    private final class Loading extends JarPluginLoader {
        Loading(PluginManager manager) {
            super(manager);
        }

        @Override
        public ClassLoader loadPlugin(Path jar, PluginDescriptor descriptor) {
            var loader = new RestingLoader(pluginManager, descriptor, libraries.loader());
            loader.addFile(jar.toFile());
            return loader;
        }
    }

    /** What PF4J takes for the plugin; the real one knows nothing of PF4J. */
    private static final class Entry extends Plugin {
        private final HubPlugin plugin;

        Entry(HubPlugin plugin) {
            this.plugin = plugin;
        }

        static Plugin of(PluginWrapper wrapper) {
            var name = wrapper.getDescriptor().getPluginClass();
            try {
                var type = wrapper.getPluginClassLoader().loadClass(name);
                if (!HubPlugin.class.isAssignableFrom(type)) {
                    throw new IllegalStateException(name + " does not implement " + HubPlugin.class.getName());
                }
                return new Entry((HubPlugin) type.getConstructor().newInstance());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("its Plugin-Class " + name + " is not in the jar", e);
            } catch (NoSuchMethodException | IllegalAccessException e) {
                throw new IllegalStateException(
                        name + " must be public and have a public constructor without parameters", e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("its constructor threw " + e.getCause(), e);
            }
        }
    }
}
