package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.filter.Verdict;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One module, reloaded again and again under eight threads of calls; prints a table when that takes long. */
final class Reloads {
    private static final int ASKING = 8;
    /** Modules that say different things, so that an answer tells how old it is. */
    private static final int CONTENTS = 4;

    private static final int MOST_AGAIN = 5;
    private static final int STEPS = 4;
    private static final int LONG = 100;
    private static final long MB = 1 << 20;

    private final LifeFixture hub;
    private final Path home;
    private final int times;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger stale = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Footprint> steps = new ArrayList<>();
    private volatile int published;
    /** The version that is coming, or has come. */
    private volatile int newest;

    /** What the process holds after a collection. */
    private record Footprint(int reloads, long calls, long heap, long metaspace, long code, long resident) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %d | %.1f | %.1f | %.1f | %.0f |",
                    reloads,
                    calls,
                    heap / (double) MB,
                    metaspace / (double) MB,
                    code / (double) MB,
                    resident / (double) MB);
        }
    }

    Reloads(LifeFixture hub, Path home, int times) {
        this.hub = hub;
        this.home = home;
        this.times = times;
    }

    void run() throws Exception {
        load(0);
        try (var threads = Executors.newFixedThreadPool(ASKING)) {
            var askers = IntStream.range(0, ASKING)
                    .mapToObj(_ -> threads.submit(this::ask))
                    .toList();
            try {
                for (var number = 1; number <= times; number++) {
                    load(number);
                    if (number % Math.max(1, times / STEPS) == 0) steps.add(look(number));
                }
            } finally {
                done.set(true);
            }
            for (var asker : askers) asker.get();
        }
        if (times >= LONG) print();
    }

    /** Each version differs from all before it, so that none is known already. */
    private void load(int number) throws Exception {
        newest = number;
        var manifest = Map.of("name", "many", "version", "1.0." + number, "timeoutMs", 400);
        hub.drop(Guests.bytes("version-" + number % CONTENTS), Json.text(manifest), "many");
        hub.awaitEnd("many.wasm", Activation.Outcome.SERVING, "1.0." + number);
        var said = answer();
        assertThat(said.answer()).as(said.problem()).isPresent();
        assertThat(said.answer().orElseThrow().tags()).containsExactly("v" + number % CONTENTS);
        published = number;
    }

    private void ask() {
        while (!done.get()) {
            var atLeast = published;
            var began = System.nanoTime();
            var asked = answer();
            slowest.accumulateAndGet(System.nanoTime() - began, Math::max);
            calls.incrementAndGet();
            asked.answer()
                    .ifPresentOrElse(
                            verdict -> {
                                if (!mayBe(verdict, atLeast, newest)) stale.incrementAndGet();
                            },
                            failed::incrementAndGet);
        }
    }

    /** Whether a version said it that served when it was asked, or a later one. */
    private static boolean mayBe(Verdict verdict, int atLeast, int atMost) {
        return IntStream.rangeClosed(atLeast, atMost)
                .anyMatch(number -> verdict.tags().equals(Set.of("v" + number % CONTENTS)));
    }

    /**
     * Asks as the chain does, which goes on to the next generation when one is closed under its hands. A call that a busy
     * machine held up for too long has nothing to do with reloading; it is counted, and made again.
     */
    private Asked<Verdict> answer() {
        var asked = hub.ask("many", "hello");
        for (var again = 0; again < MOST_AGAIN && asked.answer().isEmpty(); again++) {
            if (asked.problem().contains("time was up") || asked instanceof Asked.Late<?>) late.incrementAndGet();
            else if (!(asked instanceof Asked.Unavailable<?>)) return asked;
            asked = hub.ask("many", "hello");
        }
        return asked;
    }

    private Footprint look(int number) throws IOException {
        System.gc();
        var pools = ManagementFactory.getMemoryPoolMXBeans();
        return new Footprint(
                number,
                calls.get(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                used(pools, "Metaspace"),
                used(pools, "Code"),
                resident());
    }

    private static long used(List<MemoryPoolMXBean> pools, String name) {
        return pools.stream()
                .filter(pool -> pool.getName().contains(name))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024;
        }
    }

    private void print() {
        System.out.println("| reloads | calls | heap MB | metaspace MB | machine code MB | resident MB |");
        System.out.println("|--:|--:|--:|--:|--:|--:|");
        steps.forEach(System.out::println);
        System.out.printf(
                "%d calls, %d failed, %d stale, %d held up by the machine; the slowest took %d ms%n",
                calls.get(),
                failed.get(),
                stale.get(),
                late.get(),
                Duration.ofNanos(slowest.get()).toMillis());
    }

    int times() {
        return times;
    }

    long calls() {
        return calls.get();
    }

    int failed() {
        return failed.get();
    }

    /** Calls that a busy machine held up, and that were made again. */
    int late() {
        return late.get();
    }

    int stale() {
        return stale.get();
    }

    /** From a quarter of the way on: what comes before is loaded once. */
    void assertMemoryIsFlat() {
        if (times < LONG) return;
        assertThat(steps.getLast().heap()).isLessThan(steps.getFirst().heap() + 16 * MB);
        assertThat(steps.getLast().metaspace()).isLessThan(steps.getFirst().metaspace() + 8 * MB);
    }
}
