package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What modules that spin cost the conversations of others. */
class WasmNeighboursTest {
    private static final Duration PAUSE = Duration.ofMillis(3);

    @Test
    void two_modules_that_spin_are_set_aside_and_every_message_of_others_is_judged_meanwhile() throws Exception {
        try (var chain = new ModuleChain();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            chain.add("mask", Examples.FOLDER.resolve("mask-phone-numbers/mask-phone-numbers.wasm"), "shop");
            chain.add("spin-1", Guests.bytes("loop"), "", "one");
            chain.add("spin-2", Guests.bytes("loop-with-calls"), "", "two");
            var done = new AtomicBoolean();
            for (var desk : new String[] {"one", "two"}) {
                threads.submit(() -> {
                    while (!done.get()) {
                        chain.apply(desk, "hello");
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                });
            }

            var took = new ArrayList<Duration>();
            while (took.size() < 100 || !areSetAside(chain)) {
                var began = System.nanoTime();
                assertThat(chain.apply("shop", "call 13912345678"))
                        .isInstanceOfSatisfying(
                                Filtered.Through.class,
                                through -> assertThat(through.changed()).isTrue());
                took.add(Duration.ofNanos(System.nanoTime() - began));
            }
            done.set(true);
            Collections.sort(took);
            assertThat(took.get(took.size() / 2)).as("half of all messages").isLessThan(Kind.FILTER.deadline());
        }
    }

    private static boolean areSetAside(ModuleChain chain) {
        return chain.known().all().stream()
                .filter(filter -> filter.instance().startsWith("spin"))
                .allMatch(filter -> filter.setAside().isPresent());
    }
}
