package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What modules that spin cost the conversations of others. */
class WasmNeighboursTest {
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("wasm.seconds", 2));
    private static final int PEOPLE = 4;
    private static final Duration PAUSE = Duration.ofMillis(3);

    @Test
    void two_modules_that_spin_do_not_slow_others_by_more_than_half() throws Exception {
        try (var chain = new ModuleChain();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            chain.add("mask", Examples.FOLDER.resolve("mask-phone-numbers/mask-phone-numbers.wasm"), "shop");
            chain.add("spin-1", Guests.bytes("loop"), "", "one");
            chain.add("spin-2", Guests.bytes("loop-with-calls"), "", "two");
            talk(chain, threads);
            var alone = talk(chain, threads);

            var done = new AtomicBoolean();
            for (var desk : new String[] {"one", "two"}) {
                threads.submit(() -> {
                    while (!done.get()) {
                        chain.apply(desk, "hello");
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                });
            }
            var together = talk(chain, threads);
            done.set(true);

            System.out.printf("p95 alone %s, beside two that spin %s%n", alone, together);
            assertThat(chain.known().all())
                    .filteredOn(filter -> filter.instance().startsWith("spin"))
                    .allSatisfy(filter -> assertThat(filter.setAside()).isPresent());
            // On a busy machine a tenth of a millisecond is noise.
            assertThat(together).isLessThan(alone.multipliedBy(3).dividedBy(2).plusMillis(1));
        }
    }

    /** Several people write for a while; returns what 95 of 100 messages took at most. */
    private static Duration talk(ModuleChain chain, java.util.concurrent.ExecutorService threads) throws Exception {
        var endsAt = System.nanoTime() + LONG.toNanos();
        Callable<ArrayList<Long>> person = () -> {
            var took = new ArrayList<Long>();
            while (System.nanoTime() - endsAt < 0) {
                var began = System.nanoTime();
                chain.apply("shop", "call 13912345678");
                took.add(System.nanoTime() - began);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return took;
        };
        var all = new ArrayList<Long>();
        for (var one : threads.invokeAll(java.util.Collections.nCopies(PEOPLE, person))) all.addAll(one.get());
        var sorted = all.stream().mapToLong(it -> it).toArray();
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[sorted.length * 95 / 100]);
    }
}
