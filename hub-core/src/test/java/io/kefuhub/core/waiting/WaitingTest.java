package io.kefuhub.core.waiting;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.core.database.Eventually;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);

    @Test
    void a_wait_ends_when_its_time_is_over() throws Exception {
        assertThat(on(Thread.ofVirtual(), WaitingTest::nanosOfAShortWait)).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(on(Thread.ofPlatform(), WaitingTest::nanosOfAShortWait)).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void a_short_wait_ends_in_its_time_though_only_long_ones_were_there() throws Exception {
        var takesBack = Waiting.after(LONG, () -> {});
        Eventually.holds(() -> looking().getState() == Thread.State.TIMED_WAITING);
        assertThat(on(Thread.ofVirtual(), WaitingTest::nanosOfAShortWait)).isGreaterThanOrEqualTo(SHORT.toNanos());
        takesBack.run();
    }

    @Test
    void whoever_is_woken_goes_on_before_the_end() throws Exception {
        var woken = new AtomicBoolean();
        var waiter = Thread.ofVirtual().start(() -> {
            while (!woken.get()) Waiting.park(this, LONG.toNanos());
        });
        Eventually.holds(() -> waiter.getState() == Thread.State.WAITING);
        woken.set(true);
        LockSupport.unpark(waiter);
        assertThat(waiter.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void what_comes_in_time_is_returned_and_what_does_not_is_told() throws Exception {
        assertThat(Waiting.get(CompletableFuture.completedFuture("there"), Duration.ZERO))
                .isEqualTo("there");

        var coming = new CompletableFuture<String>();
        var asked = new FutureTask<>(() -> Waiting.get(coming, LONG));
        var waiter = Thread.ofVirtual().start(asked);
        Eventually.holds(() -> waiter.getState() == Thread.State.WAITING);
        coming.complete("came");
        assertThat(asked.get()).isEqualTo("came");

        assertThatThrownBy(() -> Waiting.get(new CompletableFuture<>(), SHORT)).isInstanceOf(TimeoutException.class);
        var broken = CompletableFuture.failedFuture(new IllegalStateException("broken"));
        assertThatThrownBy(() -> Waiting.get(broken, LONG))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void whoever_is_interrupted_stops_waiting() throws Exception {
        var asked = new FutureTask<>(() -> Waiting.get(new CompletableFuture<>(), LONG));
        var waiter = Thread.ofVirtual().start(asked);
        Eventually.holds(() -> waiter.getState() == Thread.State.WAITING);
        waiter.interrupt();
        assertThatThrownBy(asked::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void what_is_to_be_done_later_is_done_unless_it_is_taken_back() throws Exception {
        var done = new CountDownLatch(1);
        var takenBack = new AtomicBoolean(true);
        var began = System.nanoTime();
        Waiting.after(SHORT, () -> takenBack.set(false)).run();
        Waiting.after(Duration.ZERO, () -> {
            throw new IllegalStateException("a defect");
        });
        Waiting.after(SHORT.multipliedBy(2), done::countDown);
        done.await();
        assertThat(System.nanoTime() - began)
                .isGreaterThanOrEqualTo(SHORT.multipliedBy(2).toNanos());
        assertThat(takenBack).isTrue();
    }

    @Test
    void two_hundred_waits_that_end_early_wake_no_keeper_of_timers() throws Exception {
        var before = wakings();
        for (var round = 0; round < 200; round++) {
            var coming = new CompletableFuture<String>();
            var asked = new FutureTask<>(() -> Waiting.get(coming, LONG));
            var waiter = Thread.ofVirtual().start(asked);
            Eventually.holds(() -> waits(waiter));
            coming.complete("came");
            assertThat(asked.get()).isEqualTo("came");
        }
        assertThat(wakings() - before).isLessThan(50);
    }

    private static long nanosOfAShortWait() {
        var began = System.nanoTime();
        var left = SHORT.toNanos();
        while (left > 0) {
            Waiting.park(WaitingTest.class, left);
            left = began + SHORT.toNanos() - System.nanoTime();
        }
        return System.nanoTime() - began;
    }

    private static long on(Thread.Builder threads, java.util.concurrent.Callable<Long> work) throws Exception {
        var task = new FutureTask<>(work);
        threads.start(task);
        return task.get(30 * 1_000_000_000L, NANOSECONDS);
    }

    /** How often the threads that keep the timers of virtual threads have gone to sleep. */
    private static long wakings() {
        var ids = new ArrayList<Long>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("delayScheduler"))
                .forEach(thread -> ids.add(thread.threadId()));
        var total = 0L;
        for (var id : ids) {
            var info = ManagementFactory.getThreadMXBean().getThreadInfo(id);
            if (info != null) total += info.getWaitedCount();
        }
        return total;
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static Thread looking() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("waiting"))
                .findFirst()
                .orElseThrow();
    }
}
