package io.kefuhub.core.models.routing;

import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.Deployment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The stations of all deployments. Safe for threads.
 *
 * <p>While one rests, its provider's own check, which asks no model, is tried now and then; when that is well, two calls
 * are let through before the rest is over.
 */
final class Stations implements AutoCloseable {
    private final ConcurrentHashMap<String, Station> stations = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Station, Thread> looking = new ConcurrentHashMap<>();
    private final Supplier<Tempo> tempo;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Predicate<Deployment> isThere;
    private volatile boolean closed;

    /** @param isThere asks the provider whether it is well, for nothing; may wait */
    Stations(Supplier<Tempo> tempo, LongSupplier nanoTime, InstantSource clock, Predicate<Deployment> isThere) {
        this.tempo = tempo;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.isThere = isThere;
    }

    Station of(Deployment deployment) {
        var station = stations.computeIfAbsent(deployment.key(), _ -> make(deployment));
        station.pace(tempo.get());
        return station;
    }

    /** Goes by another catalogue; what was set up otherwise begins afresh. */
    void adapt(Catalogue catalogue) {
        stations.keySet().retainAll(catalogue.deployments().keySet());
        for (var deployment : catalogue.deployments().values()) {
            stations.compute(deployment.key(), (_, before) -> {
                if (before == null || !before.isFor(deployment)) return make(deployment);
                if (!before.deployment().equals(deployment)) before.adapt(deployment);
                return before;
            });
        }
    }

    Collection<Station> all() {
        return stations.values();
    }

    boolean anyRests() {
        return stations.values().stream().anyMatch(Station::isResting);
    }

    private Station make(Deployment deployment) {
        return new Station(deployment, tempo.get(), nanoTime, clock, this::look);
    }

    private void look(Station station) {
        if (closed || !stations.containsValue(station)) return;
        looking.computeIfAbsent(
                station,
                _ -> Thread.ofVirtual()
                        .name("look-" + station.deployment().key())
                        .start(() -> lookAgain(station)));
    }

    private void lookAgain(Station station) {
        try {
            var wait = tempo.get().rest().look();
            while (!closed && station.isResting() && stations.containsValue(station)) {
                Thread.sleep(wait);
                var start = nanoTime.getAsLong();
                if (station.isResting() && isThere.test(station.deployment()) && station.isResting()) {
                    station.breaker().transitionToHalfOpenState();
                }
                var took = Duration.ofNanos(nanoTime.getAsLong() - start);
                wait = tempo.get().rest().look().minus(took);
                if (wait.isNegative()) wait = Duration.ZERO;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.remove(station);
            // It may have begun to rest again meanwhile.
            if (!Thread.currentThread().isInterrupted() && station.isResting()) look(station);
        }
    }

    @Override
    public void close() {
        closed = true;
        looking.values().forEach(Thread::interrupt);
    }
}
