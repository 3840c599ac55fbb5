package io.kefuhub.core.telemetry;

import java.lang.management.ManagementFactory;

/** How the process is: memory, threads, time. */
public final class MachineMetrics {
    private MachineMetrics() {}

    public static void addTo(Metrics metrics) {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        var runtime = ManagementFactory.getRuntimeMXBean();
        metrics.gauge(
                "jvm_memory_heap_used_bytes",
                "Heap in use.",
                () -> memory.getHeapMemoryUsage().getUsed());
        metrics.gauge(
                "jvm_memory_heap_max_bytes",
                "Heap at most.",
                () -> memory.getHeapMemoryUsage().getMax());
        metrics.gauge("jvm_threads", "Platform threads.", threads::getThreadCount);
        metrics.gauge("process_uptime_seconds", "Since the start.", () -> runtime.getUptime() / 1000.0);
        metrics.counters("jvm_gc_seconds_total", "Spent on collecting garbage.", () -> {
            var times = new java.util.HashMap<java.util.Map<String, String>, Double>();
            for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                times.put(java.util.Map.of("collector", collector.getName()), collector.getCollectionTime() / 1000.0);
            }
            return times;
        });
    }
}
