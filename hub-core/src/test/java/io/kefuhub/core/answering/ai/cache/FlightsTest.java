package io.kefuhub.core.answering.ai.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.database.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Flights<String, String> flights = new Flights<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final CompletableFuture<Cancel> under = new CompletableFuture<>();

    @AfterEach
    void end() {
        done.countDown();
    }

    @Test
    void whoever_wants_the_same_while_it_is_made_gets_what_one_made() throws Exception {
        var callers = Stream.generate(Caller::new).limit(50).toList();
        var all = callers.stream().map(caller -> asks(caller, LONG)).toList();
        Eventually.holds(() -> callers.stream().allMatch(Caller::isListenedTo));

        done.countDown();

        for (var one : all) assertThat(one.get().map(Flights.Landed::value)).contains("answer");
        assertThat(all.stream().filter(one -> one.join().orElseThrow().first())).hasSize(1);
        assertThat(begun).hasValue(1);
        Eventually.holds(() -> flights.size() == 0);
    }

    @Test
    void whoever_has_no_more_time_leaves_and_the_others_get_theirs() throws Exception {
        var patient = asks(new Caller(), LONG);
        under.get();
        var hasty = asks(new Caller(), Duration.ofMillis(20));

        assertThat(hasty.get()).isEmpty();
        assertThat(under.get().isRequested()).isFalse();
        done.countDown();
        assertThat(patient.get()).isPresent();
    }

    @Test
    void the_work_is_cancelled_when_the_last_one_leaves_and_not_before() throws Exception {
        var first = new Caller();
        var second = new Caller();
        var one = asks(first, LONG);
        under.get();
        var other = asks(second, LONG);
        Eventually.holds(() -> second.isListenedTo());

        first.leave();
        assertThat(one.get()).isEmpty();
        assertThat(under.get().isRequested()).isFalse();
        second.leave();

        assertThat(other.get()).isEmpty();
        assertThat(under.get().isRequested()).isTrue();
    }

    @Test
    void drafts_are_shown_to_each_by_the_thread_that_waits() throws Exception {
        var shown = new CopyOnWriteArrayList<String>();
        var caller = new CompletableFuture<Optional<Flights.Landed<String>>>();
        var waiting = Thread.ofVirtual()
                .unstarted(() -> caller.complete(flights.join(
                        "question",
                        (drafts, _) -> {
                            drafts.accept("an");
                            await(done);
                            return "answer";
                        },
                        draft -> shown.add(Thread.currentThread().threadId() + " " + draft),
                        new Caller(),
                        LONG)));
        waiting.start();

        Eventually.holds(() -> shown.equals(List.of(waiting.threadId() + " an")));
        done.countDown();
        assertThat(caller.get()).isPresent();
    }

    @Test
    void work_that_fails_by_a_defect_leaves_nobody_waiting_and_is_begun_again_by_the_next() throws Exception {
        Flights.Work<String> broken = (_, _) -> {
            throw new IllegalStateException("broken");
        };

        assertThat(flights.join("question", broken, _ -> {}, new Caller(), LONG))
                .isEmpty();

        done.countDown();
        assertThat(asks(new Caller(), LONG).get()).isPresent();
    }

    private CompletableFuture<Optional<Flights.Landed<String>>> asks(Cancel cancel, Duration limit) {
        return CompletableFuture.supplyAsync(
                () -> flights.join("question", this::work, _ -> {}, cancel, limit), Thread.ofVirtual()::start);
    }

    private String work(Consumer<String> drafts, Cancel cancel) {
        begun.incrementAndGet();
        under.complete(cancel);
        await(done);
        return "answer";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Caller implements Cancel {
        private final List<Runnable> actions = new CopyOnWriteArrayList<>();
        private volatile boolean left;

        void leave() {
            left = true;
            actions.forEach(Runnable::run);
        }

        boolean isListenedTo() {
            return !actions.isEmpty();
        }

        @Override
        public boolean isRequested() {
            return left;
        }

        @Override
        public void onRequest(Runnable action) {
            actions.add(action);
            if (left) action.run();
        }
    }
}
