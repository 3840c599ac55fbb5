package io.kefuhub.core.plugin.jar;

import io.kefuhub.api.HubPlugin;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.PluginState;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads and unloads plugin jars, each for itself: a broken one costs nothing but itself. Safe for threads; one change at
 * a time.
 */
public final class JarPlugins implements AutoCloseable {
    /** The version of the API this hub has. */
    public static final String API_VERSION = "1.0.0";

    private static final Logger log = LoggerFactory.getLogger(JarPlugins.class);
    private static final Duration FIRST_CALL = Duration.ofSeconds(5);

    private final Contributions contributions;
    private final Guard guard;
    private final PrivateCopies copies;
    private final Duration patience;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();

    /**
     * @param privateFolder where copies are loaded from; nothing else belongs there
     * @param patience how long callers may take to leave a plugin that is unloaded
     */
    public JarPlugins(Contributions contributions, Guard guard, Path privateFolder, Duration patience) {
        this.contributions = contributions;
        this.guard = guard;
        this.copies = new PrivateCopies(privateFolder);
        this.patience = patience;
    }

    /** Loads every jar of a folder, in the order of their names. */
    public List<PluginState> loadAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        var states = new ArrayList<PluginState>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                states.add(load(file));
            }
        }
        return states;
    }

    /** Loads one jar and adds what it offers; the file itself is not needed any more when this returns. */
    public synchronized PluginState load(Path file) {
        var name = String.valueOf(file.getFileName());
        try {
            var serving = serve(name, copies.take(file));
            log.info("plugin {} serves from {}: {}", serving.plugin(), name, serving.offers());
            return serving;
        } catch (RefusedException e) {
            return refused(name, e.reason());
        } catch (IOException e) {
            return refused(name, "it cannot be read: " + e.getMessage());
        }
    }

    private PluginState refused(String name, String reason) {
        log.warn("plugin file {} is refused: {}", name, reason);
        return new PluginState.Refused(name, reason);
    }

    private PluginState.Serving serve(String name, PrivateCopies.Copy copy) throws RefusedException {
        var manifest = JarManifest.read(copy.path(), API_VERSION);
        var there = loaded.get(manifest.id());
        if (there != null) throw new RefusedException(there.plugin + " is loaded already from " + there.file);
        var jar = new OneJar(copies.folder());
        try {
            var one = start(name, jar, manifest, copy);
            contributions.change(draft -> one.offers.forEach(draft::add));
            loaded.put(manifest.id(), one);
            return new PluginState.Serving(name, one.plugin, one.offers);
        } catch (RefusedException | RuntimeException e) {
            jar.unloadPlugin(manifest.id());
            throw e instanceof RefusedException refused
                    ? refused
                    : new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private Loaded start(String name, OneJar jar, JarManifest manifest, PrivateCopies.Copy copy)
            throws RefusedException {
        jar.loadPlugin(copy.path());
        var loader = jar.getPluginClassLoader(manifest.id());
        var plugin = new PluginVersion(manifest.id(), manifest.version(), copy.sha256(), loader);
        var offers = answer(guard.load(plugin, FIRST_CALL, () -> offers(plugin, jar.start(manifest.id()))));
        return new Loaded(name, plugin, jar, copy.path(), offers);
    }

    private static <T> T answer(Asked<T> asked) throws RefusedException {
        return asked.answer().orElseThrow(() -> new RefusedException("it does not start: " + asked.problem()));
    }

    private static List<Offer<?>> offers(PluginVersion plugin, HubPlugin hubPlugin) {
        var offers = new ArrayList<Offer<?>>();
        var names = new HashSet<String>();
        for (var contribution : hubPlugin.contributions()) {
            var offer = new Offer<>(plugin, contribution.description(), contribution);
            if (!names.add(offer.kind() + " " + offer.description().id())) {
                throw new IllegalStateException(
                        "it offers " + offer.description().id() + " twice");
            }
            offers.add(offer);
        }
        if (offers.isEmpty()) throw new IllegalStateException("it offers nothing");
        return offers;
    }

    /**
     * Takes a plugin out: no new call reaches it from now on, those inside may end, then it is closed and unloaded. Says
     * whether it was there.
     */
    public synchronized boolean unload(String id) throws InterruptedException {
        var one = loaded.remove(id);
        if (one == null) return false;
        var before = contributions.change(draft -> draft.remove(one.plugin));
        for (var slot : slotsOf(one.plugin, before.slots())) guard.close(slot, patience);
        for (var offer : one.offers) guard.close(offer, patience);
        one.jar.stopPlugin(id);
        one.jar.unloadPlugin(id);
        try {
            Files.deleteIfExists(one.copy);
        } catch (IOException e) {
            log.warn("the copy of {} stays behind: {}", one.plugin, e.getMessage());
        }
        return true;
    }

    private static List<Slot<?>> slotsOf(PluginVersion plugin, List<Slot<?>> slots) {
        return slots.stream().filter(slot -> slot.plugin().equals(plugin)).toList();
    }

    public synchronized Optional<PluginVersion> find(String id) {
        return Optional.ofNullable(loaded.get(id)).map(Loaded::plugin);
    }

    /** Unloads all, newest first. */
    @Override
    public synchronized void close() throws InterruptedException {
        for (var id : new ArrayList<>(loaded.keySet()).reversed()) unload(id);
    }

    private record Loaded(String file, PluginVersion plugin, OneJar jar, Path copy, List<Offer<?>> offers) {}
}
