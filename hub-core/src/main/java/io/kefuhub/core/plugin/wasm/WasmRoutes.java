package io.kefuhub.core.plugin.wasm;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How modules fare and what they say, over HTTP. What they are and how they came is told with all plugins. */
final class WasmRoutes implements RouteModule {
    private static final String INTERPRETED = "Interpreted";
    private static final int PAGE_BYTES = 64 << 10;

    private final WasmEngine engine;
    private final WasmFilters filters;
    private final Path folder;

    WasmRoutes(WasmEngine engine, WasmFilters filters, Path folder) {
        this.engine = engine;
        this.filters = filters;
        this.folder = folder;
    }

    /**
     * All of it.
     *
     * @param engine what runs modules; empty while there was none
     * @param interpreted whether they run a hundred times slower than they could
     */
    record View(String folder, Optional<String> engine, boolean interpreted, List<Card> filters) {}

    /**
     * One live filter.
     *
     * @param warm whether it has come up to speed
     * @param timeoutMs how long a call may compute
     * @param memoryLimitBytes how much memory an instance may have
     * @param keepsInstance whether one instance serves call after call
     * @param setAside why it is not asked now
     */
    record Card(
            String plugin,
            String filter,
            String version,
            boolean warm,
            long calls,
            long passed,
            long rewritten,
            long held,
            long blocked,
            long failed,
            long stopped,
            long p50Micros,
            long p99Micros,
            long memoryBytes,
            long timeoutMs,
            long memoryLimitBytes,
            boolean keepsInstance,
            Optional<String> setAside) {
        static Card of(WasmFilter filter) {
            var stats = filter.stats();
            var manifest = filter.module().manifest();
            return new Card(
                    filter.name(),
                    filter.instance(),
                    filter.version(),
                    filter.module().isWarm(),
                    stats.calls(),
                    stats.passed(),
                    stats.rewritten(),
                    stats.held(),
                    stats.blocked(),
                    stats.failed(),
                    stats.stopped(),
                    TimeUnit.NANOSECONDS.toMicros(stats.p50().toNanos()),
                    TimeUnit.NANOSECONDS.toMicros(stats.p99().toNanos()),
                    filter.module().mostMemory(),
                    manifest.timeout().toMillis(),
                    (long) manifest.memoryPages() * PAGE_BYTES,
                    manifest.keepsInstance(),
                    filter.setAside());
        }
    }

    record LineView(
            Instant at,
            String filter,
            String version,
            Optional<String> conversation,
            Optional<String> message,
            String level,
            String text) {
        static LineView of(FilterLogs.Line line) {
            return new LineView(
                    line.at(),
                    line.filter(),
                    line.version(),
                    Optional.of(line.conversation()).filter(id -> !id.isEmpty()),
                    Optional.of(line.message()).filter(id -> !id.isEmpty()),
                    line.level().name().toLowerCase(Locale.ROOT),
                    line.text());
        }
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/wasm", this::all, Access.ADMIN);
        routes.get("/api/wasm/{plugin}/log", this::log, Access.ADMIN);
    }

    private void all(Context ctx) {
        var name = engine.implementation();
        Requests.send(
                ctx,
                new View(
                        folder.toString(),
                        name,
                        name.filter(INTERPRETED::equals).isPresent(),
                        filters.all().stream().map(Card::of).toList()));
    }

    private void log(Context ctx) {
        var lines = filters.logs().latest(ctx.pathParam("plugin"), FilterLogs.KEPT).stream()
                .map(LineView::of)
                .toList();
        Requests.send(ctx, Map.of("lines", lines));
    }
}
