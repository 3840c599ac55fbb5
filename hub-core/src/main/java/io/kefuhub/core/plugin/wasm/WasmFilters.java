package io.kefuhub.core.plugin.wasm;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The filters that are modules and live now, and what they have said. Safe for threads. */
public final class WasmFilters {
    private final Set<WasmFilter> live = ConcurrentHashMap.newKeySet();
    private final FilterLogs logs = new FilterLogs();

    void made(WasmFilter filter) {
        live.add(filter);
    }

    void closed(WasmFilter filter) {
        live.remove(filter);
    }

    FilterLogs logs() {
        return logs;
    }

    List<WasmFilter> all() {
        return live.stream()
                .sorted(Comparator.comparing(WasmFilter::name)
                        .thenComparing(WasmFilter::instance)
                        .thenComparing(WasmFilter::version))
                .toList();
    }
}
