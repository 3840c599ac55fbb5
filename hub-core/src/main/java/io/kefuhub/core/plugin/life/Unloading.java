package io.kefuhub.core.plugin.life;

import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.PluginVersion;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of versions that serve no more. Safe for threads. */
final class Unloading {
    private static final Logger LOG = LoggerFactory.getLogger(Unloading.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Guard guard;
    private final Instances instances;
    private final Departures departures;
    private final Records records;
    private final Runnable tell;

    /** @param tell that something is not as it was */
    Unloading(Guard guard, Instances instances, Departures departures, Records records, Runnable tell) {
        this.guard = guard;
        this.instances = instances;
        this.departures = departures;
        this.records = records;
        this.tell = tell;
    }

    /**
     * Waits until the callers of its instances have left, closes them and unloads it, all behind.
     *
     * @param then done when it is unloaded
     */
    void drain(LoadedVersion version, List<Instances.Old> olds, Runnable then) {
        Thread.ofVirtual().name("drain-" + version.kept().plugin()).start(() -> {
            instances.drain(olds);
            unload(version);
            keep(then);
            tell.run();
        });
    }

    /** Unloads what has no instances any more. */
    void unload(LoadedVersion version) {
        try {
            for (var offer : version.plugin().offers()) guard.close(offer, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var gone = version.plugin().unload();
        version.copy().delete();
        left(gone);
        LOG.info("Plugin {} is unloaded", version.plugin().version());
    }

    /**
     * A version was unloaded, or has run and could not be loaded; from now on it is proven that it is gone.
     *
     * @param gone by its loaders; empty when none of its code has run
     */
    void left(List<PluginVersion> gone) {
        gone.forEach(departures::left);
        gone.stream().findFirst().ifPresent(version -> keep(() -> records.unloaded(version)));
    }

    int leaked(String plugin) {
        return departures.leaked(plugin);
    }

    /** What is over is over, whether or not it can be written down. */
    private static void keep(Runnable record) {
        try {
            record.run();
        } catch (DatabaseAwayException e) {
            LOG.warn("The audit lacks how a plugin was unloaded: {}", e.getMessage());
        }
    }
}
