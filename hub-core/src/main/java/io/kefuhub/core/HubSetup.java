package io.kefuhub.core;

import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.plugin.Offer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a hub is started with. Immutable.
 *
 * @param nanoTime by which foreign code rests after failures
 * @param database used instead of what the configuration says
 * @param bundledPlugins the jars that come with the hub
 * @param offers contributions that are plugged in without a jar
 * @param environment what files in {@code conf/} may refer to
 * @param progress told in one line what takes long
 */
record HubSetup(
        HubConfig config,
        Clock clock,
        LongSupplier nanoTime,
        Optional<DatabaseAddress> database,
        Optional<Path> bundledPlugins,
        List<Offer<?>> offers,
        Map<String, String> environment,
        Consumer<String> progress) {
    HubSetup {
        offers = List.copyOf(offers);
        environment = Map.copyOf(environment);
    }

    static HubSetup of(
            HubConfig config,
            Optional<Path> bundledPlugins,
            Map<String, String> environment,
            Consumer<String> progress) {
        return new HubSetup(
                config,
                Clock.systemUTC(),
                System::nanoTime,
                Optional.empty(),
                bundledPlugins,
                List.of(),
                environment,
                progress);
    }
}
