package io.kefuhub.core.plugin.wasm.guest;

import static io.kefuhub.core.plugin.wasm.guest.Guests.PATIENT;
import static io.kefuhub.core.plugin.wasm.guest.Guests.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.KernelThread;
import io.kefuhub.core.plugin.wasm.guest.Guests.Note;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guests that are asked from virtual threads, which share what they run on. */
class WorkersTest {
    private static final Budget SPIN = Budget.of(Duration.ofMillis(400));
    /** As many as there can be carriers in this process. */
    private static final int SPINNING = 2
            * Math.max(
                    Runtime.getRuntime().availableProcessors(),
                    Integer.getInteger("jdk.virtualThreadScheduler.parallelism", 1));

    private static final int CALLS_UNTIL_COMPILED = 2000;
    private static final int ROUNDS_OF_A_BYTE = 100_000;
    /** Some seconds of them; more cannot be counted in 32 bits. */
    private static final int MOST_ROUNDS = 2_100_000_000;
    /** The first may come before the guest begins, and each takes a hundredth of its time. */
    private static final int ENOUGH = 5;

    @Test
    void a_guest_runs_on_a_platform_thread_and_may_go_deep() throws Exception {
        try (var module = load("depth");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var where = new Note("") {
                private volatile boolean virtual = true;

                @Override
                public byte[] input() {
                    virtual = Thread.currentThread().isVirtual();
                    return super.input();
                }
            };

            assertThat(threads.submit(() -> module.ask("on_message", where, PATIENT))
                            .get())
                    .isEmpty();

            assertThat(where.virtual).isFalse();
        }
    }

    @Test
    void a_guest_that_runs_for_long_leaves_half_of_the_processors_to_others_until_it_ends() throws Exception {
        try (var module = load("loop");
                var threads = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().factory())) {
            var self = threads.submit(KernelThread::current).get();
            var all = self.processors();
            var asked = threads.submit(() -> catchThrowableOfType(
                    WasmFault.class,
                    () -> module.ask("on_message", new Note("hello"), Budget.of(Duration.ofSeconds(3)))));

            Eventually.holds(() -> self.processors().equals(KernelThread.half(all)));

            assertThat(asked.get().kind()).isEqualTo(WasmFault.Kind.TIME_UP);
            assertThat(self.processors()).isEqualTo(all);
        }
    }

    @Test
    void a_guest_that_ran_for_long_is_asked_behind_everybody_else_from_then_on() {
        var threads = new ArrayList<KernelThread.Place>();
        try (var module = load("loop")) {
            for (var call = 0; call < 3; call++) {
                var where = new Note("hello") {
                    @Override
                    public byte[] input() {
                        threads.add(KernelThread.current().place());
                        return super.input();
                    }
                };
                assertThatThrownBy(() -> module.ask("on_message", where, SPIN)).isInstanceOf(WasmFault.class);
            }
        }

        var first = threads.getFirst();
        // Also after a call that was kept to half of the processors for its own length.
        assertThat(threads.subList(1, 3)).allSatisfy(later -> {
            assertThat(later.niceness()).isGreaterThan(first.niceness());
            assertThat(later.processors()).isEqualTo(KernelThread.half(first.processors()));
            // Whoever asks for less takes the processor at once.
            first.slice()
                    .ifPresent(usual -> assertThat(later.slice().getAsLong()).isGreaterThan(usual));
        });
    }

    /** Such a guest, had it started the compiler's thread, would keep everybody's compiling behind everybody else. */
    @Test
    void guests_are_compiled_on_a_thread_that_stands_behind_nobody() {
        try (var engine = new WasmEngine(Path.of("target", "wasm-engine"))) {
            assertThat(engine.compiles()).isTrue();

            // Before there is any guest.
            Eventually.holds(() -> !KernelThread.named("TruffleCompiler").isEmpty());

            var own = KernelThread.current();
            assertThat(KernelThread.named("TruffleCompiler")).allSatisfy(compiler -> {
                assertThat(compiler.niceness()).isEqualTo(own.niceness());
                assertThat(compiler.processors()).isEqualTo(own.processors());
            });
        }
    }

    /** What an optimising compiler leaves out of loops whose rounds it can count is what a collection waits for. */
    @Test
    void a_guest_that_counts_for_long_holds_up_no_collection_of_garbage() throws Exception {
        try (var module = load("counts");
                var threads = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().factory())) {
            // Until it runs as machine code.
            for (var call = 0; call < CALLS_UNTIL_COMPILED; call++)
                module.ask("on_message", new Note("hello"), PATIENT);
            var entered = new CountDownLatch(1);
            var asked = threads.submit(() -> {
                entered.countDown();
                return module.ask("on_message", new Note("a".repeat(MOST_ROUNDS / ROUNDS_OF_A_BYTE)), PATIENT);
            });
            entered.await();

            var collections = 0;
            for (; collections < ENOUGH && !asked.isDone(); collections++) System.gc();

            assertThat(asked.isDone())
                    .as("ended before " + ENOUGH + " collections did")
                    .isFalse();
            assertThat(asked.get()).isEmpty();
        }
    }

    @Test
    void guests_that_spin_hold_up_no_other_virtual_thread() throws Exception {
        try (var module = load("loop");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = new CountDownLatch(1);
            var stopped = new AtomicInteger();
            var spinning = IntStream.range(0, SPINNING)
                    .mapToObj(_ -> threads.submit(() -> {
                        begun.countDown();
                        var fault = catchThrowableOfType(
                                WasmFault.class, () -> module.ask("on_message", new Note("hello"), SPIN));
                        assertThat(fault.kind()).isEqualTo(WasmFault.Kind.TIME_UP);
                        stopped.incrementAndGet();
                    }))
                    .toList();
            begun.await();

            var went = threads.submit((Callable<Integer>) () -> {
                        for (var i = 0; i < 200; i++) Thread.yield();
                        return stopped.get();
                    })
                    .get();

            // It came to its end before all that spin were stopped.
            assertThat(went).isLessThan(SPINNING);
            for (var one : spinning) one.get();
        }
    }
}
