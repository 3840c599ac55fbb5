package io.kefuhub.core.telemetry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Numbers about the hub, in the text format of Prometheus. Safe for threads. Labels come from the hub's own words
 * (routes, plugins, states), never from what people send, so that their number stays small.
 */
public final class Metrics {
    private static final double NANOS = 1e9;

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /** All series of one name. */
    private interface Family {
        void write(String name, StringBuilder out);
    }

    /** Counts up. */
    public final class Counter implements Family {
        private final String help;
        private final List<String> labels;
        private final Map<List<String>, LongAdder> series = new ConcurrentHashMap<>();

        private Counter(String help, List<String> labels) {
            this.help = help;
            this.labels = labels;
        }

        public void add(long count, String... values) {
            series.computeIfAbsent(Text.values(labels, values), _ -> new LongAdder())
                    .add(count);
        }

        @Override
        public void write(String name, StringBuilder out) {
            Text.head(out, name, help, "counter");
            Text.sorted(labels, series).forEach((text, count) -> Text.line(out, name, text, count.sum()));
        }
    }

    /** Counts how long things took. */
    public final class Durations implements Family {
        private static final List<Double> LIMITS =
                List.of(0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

        private final Amounts seconds;

        private Durations(String help, List<Double> limits, List<String> labels) {
            seconds = new Amounts(help, limits, labels);
        }

        public void add(java.time.Duration took, String... values) {
            seconds.add(took.toNanos() / NANOS, values);
        }

        @Override
        public void write(String name, StringBuilder out) {
            seconds.write(name, out);
        }
    }

    /** Counts how much things were. */
    public final class Amounts implements Family {
        private final String help;
        private final List<Double> limits;
        private final List<String> labels;
        private final Map<List<String>, Buckets> series = new ConcurrentHashMap<>();

        /** @param counts of amounts by the first limit they keep to; the last one of those that keep to none */
        private record Buckets(List<LongAdder> counts, DoubleAdder sum) {}

        private Amounts(String help, List<Double> limits, List<String> labels) {
            this.help = help;
            this.limits = List.copyOf(limits);
            this.labels = labels;
        }

        public void add(double amount, String... values) {
            var buckets = series.computeIfAbsent(
                    Text.values(labels, values),
                    _ -> new Buckets(
                            Stream.generate(LongAdder::new)
                                    .limit(limits.size() + 1L)
                                    .toList(),
                            new DoubleAdder()));
            var first = 0;
            while (first < limits.size() && !(amount <= limits.get(first))) first++;
            buckets.counts().get(first).increment();
            buckets.sum().add(amount);
        }

        @Override
        public void write(String name, StringBuilder out) {
            Text.head(out, name, help, "histogram");
            Text.sorted(labels, series).forEach((text, buckets) -> {
                var count = 0L;
                for (var i = 0; i <= limits.size(); i++) {
                    count += buckets.counts().get(i).sum();
                    var limit = i < limits.size() ? String.valueOf(limits.get(i)) : "+Inf";
                    Text.line(out, name + "_bucket", Text.and(text, "le=\"" + limit + "\""), count);
                }
                Text.line(out, name + "_sum", text, buckets.sum().sum());
                Text.line(out, name + "_count", text, count);
            });
        }
    }

    private record Gauge(String help, String kind, Supplier<Map<Map<String, String>, Double>> values)
            implements Family {
        @Override
        public void write(String name, StringBuilder out) {
            Text.head(out, name, help, kind);
            values.get().forEach((labels, value) -> {
                var sorted = new LinkedHashMap<>(new TreeMap<>(labels));
                Text.line(out, name, Text.labels(List.copyOf(sorted.keySet()), List.copyOf(sorted.values())), value);
            });
        }
    }

    public Counter counter(String name, String help, String... labels) {
        return (Counter) families.computeIfAbsent(name, _ -> new Counter(help, List.of(labels)));
    }

    public Durations durations(String name, String help, String... labels) {
        return durations(name, help, Durations.LIMITS, labels);
    }

    /** @param limits of the buckets, in seconds */
    public Durations durations(String name, String help, List<Double> limits, String... labels) {
        return (Durations) families.computeIfAbsent(name, _ -> new Durations(help, limits, List.of(labels)));
    }

    /** @param limits of the buckets */
    public Amounts amounts(String name, String help, List<Double> limits, String... labels) {
        return (Amounts) families.computeIfAbsent(name, _ -> new Amounts(help, limits, List.of(labels)));
    }

    /** A number that is asked for when somebody looks. */
    public void gauge(String name, String help, DoubleSupplier value) {
        families.put(name, new Gauge(help, "gauge", () -> Map.of(Map.of(), value.getAsDouble())));
    }

    /** Numbers that are asked for when somebody looks, by their labels. */
    public void gauges(String name, String help, Supplier<Map<Map<String, String>, Double>> values) {
        families.put(name, new Gauge(help, "gauge", values));
    }

    /** Numbers that only grow, and that somebody else counts. */
    public void counters(String name, String help, Supplier<Map<Map<String, String>, Double>> values) {
        families.put(name, new Gauge(help, "counter", values));
    }

    /** All of it. */
    public String text() {
        var out = new StringBuilder(4096);
        families.forEach((name, family) -> family.write(name, out));
        return out.toString();
    }

    /** The text format. */
    private static final class Text {
        static void head(StringBuilder out, String name, String help, String kind) {
            out.append("# HELP ").append(name).append(' ').append(help).append('\n');
            out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
        }

        static void line(StringBuilder out, String name, String labels, Number value) {
            out.append(name);
            if (!labels.isEmpty()) out.append('{').append(labels).append('}');
            out.append(' ').append(value).append('\n');
        }

        /** The values of a series, by which it is found without being worded. */
        static List<String> values(List<String> names, String... values) {
            if (names.size() != values.length)
                throw new IllegalArgumentException("labels " + names + " need a value each");
            return List.of(values);
        }

        /** All series by their labels as they are written, in their order. */
        static <V> Map<String, V> sorted(List<String> names, Map<List<String>, V> series) {
            var sorted = new TreeMap<String, V>();
            series.forEach((values, one) -> sorted.put(labels(names, values), one));
            return sorted;
        }

        static String labels(List<String> names, List<String> values) {
            var text = new StringBuilder();
            for (var i = 0; i < names.size(); i++) {
                if (i > 0) text.append(',');
                text.append(names.get(i))
                        .append("=\"")
                        .append(escaped(values.get(i)))
                        .append('"');
            }
            return text.toString();
        }

        static String and(String labels, String more) {
            return labels.isEmpty() ? more : labels + "," + more;
        }

        private static String escaped(String value) {
            return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        }
    }
}
