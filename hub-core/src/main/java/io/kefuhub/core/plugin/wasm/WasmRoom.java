package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.plugin.life.PluginFormat;
import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.web.RouteModule;
import java.nio.file.Path;
import java.time.Duration;

/** All there is about modules: how they come, how they run, and how they fare. Closed after what it loaded is unloaded. */
public final class WasmRoom implements AutoCloseable {
    private final WasmEngine engine;
    private final WasmFilters filters = new WasmFilters();
    private final WasmFormat format;
    private final Path folder;

    /**
     * @param folder where people drop modules
     * @param cache a folder of the engine's own
     * @param filterDeadline that whoever asks a filter waits, where no admin said so for the instance
     */
    public WasmRoom(Path folder, Path cache, Duration filterDeadline) {
        this.folder = folder;
        engine = new WasmEngine(cache);
        format = new WasmFormat(engine, filters, folder, filterDeadline);
    }

    public PluginFormat format() {
        return format;
    }

    public RouteModule routes() {
        return new WasmRoutes(engine, filters, folder);
    }

    public void addTo(Metrics metrics) {
        FilterMetrics.addTo(metrics, filters);
    }

    @Override
    public void close() {
        format.close();
        engine.close();
    }
}
