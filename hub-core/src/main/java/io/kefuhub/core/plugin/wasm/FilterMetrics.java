package io.kefuhub.core.plugin.wasm;

import io.kefuhub.core.telemetry.Metrics;
import java.util.HashMap;
import java.util.Map;

/** Numbers about filters that are modules. */
final class FilterMetrics {
    private static final double NANOS = 1e9;

    private FilterMetrics() {}

    private interface Numbers {
        /** Adds the series of one filter. */
        void of(WasmFilter filter, Series series);
    }

    /** Series by their labels; two generations of one filter that live at once count together. */
    private record Series(Map<Map<String, String>, Double> values, String filter) {
        void add(String label, String word, double value) {
            values.merge(Map.of("filter", filter, label, word), value, Double::sum);
        }

        void most(Map<String, String> labels, double value) {
            var all = new HashMap<>(labels);
            all.put("filter", filter);
            values.merge(all, value, Math::max);
        }
    }

    static void addTo(Metrics metrics, WasmFilters filters) {
        metrics.counters(
                "kefuhub_wasm_verdicts_total",
                "What filters that are WASM modules said.",
                () -> all(filters, (filter, series) -> {
                    var stats = filter.stats();
                    series.add("verdict", "pass", stats.passed());
                    series.add("verdict", "rewrite", stats.rewritten());
                    series.add("verdict", "hold", stats.held());
                    series.add("verdict", "block", stats.blocked());
                    series.add("verdict", "failed", stats.failed());
                }));
        metrics.gauges(
                "kefuhub_wasm_seconds",
                "How long a call of a WASM module took.",
                () -> all(filters, (filter, series) -> {
                    var stats = filter.stats();
                    series.most(Map.of("quantile", "0.5"), stats.p50().toNanos() / NANOS);
                    series.most(Map.of("quantile", "0.99"), stats.p99().toNanos() / NANOS);
                }));
        metrics.gauges(
                "kefuhub_wasm_memory_bytes",
                "The most memory an instance of a WASM module had.",
                () -> all(
                        filters,
                        (filter, series) ->
                                series.most(Map.of(), filter.module().mostMemory())));
        metrics.gauges(
                "kefuhub_wasm_warm",
                "1 for a WASM module that has come up to speed.",
                () -> all(
                        filters,
                        (filter, series) ->
                                series.most(Map.of(), filter.module().isWarm() ? 1 : 0)));
        metrics.gauges(
                "kefuhub_wasm_ending",
                "Calls of a WASM module that were stopped and have not ended yet.",
                () -> all(
                        filters,
                        (filter, series) ->
                                series.most(Map.of(), filter.module().stillEnding())));
        metrics.gauges(
                "kefuhub_wasm_set_aside",
                "1 for a WASM module that is not asked after repeated failures.",
                () -> all(
                        filters,
                        (filter, series) ->
                                series.most(Map.of(), filter.setAside().isPresent() ? 1 : 0)));
    }

    private static Map<Map<String, String>, Double> all(WasmFilters filters, Numbers numbers) {
        var values = new HashMap<Map<String, String>, Double>();
        for (var filter : filters.all()) numbers.of(filter, new Series(values, filter.instance()));
        return values;
    }
}
