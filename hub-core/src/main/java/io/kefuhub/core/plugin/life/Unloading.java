package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Guard;
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

    Unloading(Guard guard, Instances instances, Departures departures) {
        this.guard = guard;
        this.instances = instances;
        this.departures = departures;
    }

    /** Waits until the callers of its instances have left, closes them and unloads it, all behind. */
    void drain(LoadedVersion version, List<Instances.Old> olds) {
        Thread.ofVirtual().name("drain-" + version.kept().plugin()).start(() -> {
            instances.drain(olds);
            unload(version);
        });
    }

    /** Unloads what has no instances any more. */
    void unload(LoadedVersion version) {
        try {
            for (var offer : version.plugin().offers()) guard.close(offer, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        version.plugin().unload();
        version.copy().delete();
        departures.left(version.plugin().version());
        LOG.info("Plugin {} is unloaded", version.plugin().version());
    }
}
