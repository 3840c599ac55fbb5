package io.kefuhub.core.telemetry;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How the process is: memory, threads, time. */
public final class MachineMetrics {
    private MachineMetrics() {}

    public static void addTo(Metrics metrics) {
        var memory = ManagementFactory.getMemoryMXBean();
        var classes = ManagementFactory.getClassLoadingMXBean();
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
        metrics.gauge("jvm_memory_metaspace_used_bytes", "What loaded classes take.", MachineMetrics::metaspace);
        metrics.gauge("jvm_classes_loaded", "Classes in memory.", classes::getLoadedClassCount);
        metrics.gauge(
                "process_open_fds", "Open files and sockets; -1 where that cannot be told.", MachineMetrics::open);
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

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static long open() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : -1;
    }
}
