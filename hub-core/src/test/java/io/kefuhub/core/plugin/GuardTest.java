package io.kefuhub.core.plugin;

import static io.kefuhub.core.plugin.Waits.awaitEvenWhenInterrupted;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.core.telemetry.LogLines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);
    /** Passes in a test, and is long enough for a busy machine to begin. */
    private static final Duration IN_TIME = Duration.ofSeconds(1);

    private static final Message HELLO = Message.of("hello");
    private static final Facts FACTS = new Facts("shop", "web", Language.EN, Map.of(), Instant.EPOCH, List.of());

    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private final Guard guard = new Guard((name, _, problem, _) -> alarms.add(name + ": " + problem), 2);

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void an_answer_comes_with_the_class_loader_of_the_plugin_set_and_is_counted() {
        var seen = new ArrayList<ClassLoader>();
        var slot = Foreign.filter("f", LONG, message -> {
            seen.add(Thread.currentThread().getContextClassLoader());
            return Verdict.pass();
        });

        assertThat(apply(slot).answer()).contains(Verdict.pass());

        assertThat(seen).containsExactly(Foreign.LOADER);
        assertThat(slot.counters().calls()).isEqualTo(1);
        assertThat(slot.callers()).isZero();
    }

    @Test
    void an_exception_is_a_failed_answer() {
        var slot = Foreign.filter("f", LONG, message -> {
            throw new IllegalStateException("broken");
        });

        assertThat(apply(slot))
                .isInstanceOfSatisfying(
                        Asked.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("IllegalStateException: broken"));
        assertThat(slot.counters().errors()).isEqualTo(1);
        assertThat(slot.callers()).isZero();
    }

    @Test
    void an_error_such_as_a_missing_class_is_a_failed_answer_too() {
        var slot = Foreign.filter("f", LONG, message -> {
            throw new NoClassDefFoundError("gone/Away");
        });

        assertThat(apply(slot)).isInstanceOf(Asked.Failed.class);
    }

    @Test
    void null_is_a_failed_answer() {
        var slot = Foreign.filter("f", LONG, message -> nothing());

        assertThat(apply(slot).problem()).isEqualTo("answered null");
    }

    @Test
    void one_late_filter_costs_its_own_deadline_and_the_walk_goes_on() {
        var asked = new AtomicInteger();
        var first = Foreign.filter("first", LONG, message -> {
            asked.incrementAndGet();
            return Verdict.pass();
        });
        var hang = new CountDownLatch(1);
        var late = Foreign.filter("late", SHORT, message -> {
            awaitEvenWhenInterrupted(hang);
            return Verdict.pass();
        });
        var last = Foreign.filter("last", LONG, message -> Verdict.block("last"));

        var answers = guard.onComputePool(() -> List.of(apply(first), apply(late), apply(last)));

        assertThat(answers.get(0)).isInstanceOf(Asked.Answered.class);
        assertThat(answers.get(1)).isInstanceOf(Asked.Late.class);
        assertThat(answers.get(2).answer()).contains(Verdict.block("last"));
        assertThat(asked).as("asked once though the walk began again").hasValue(1);
        assertThat(late.callers()).isEqualTo(1);
        hang.countDown();
        until(() -> late.callers() == 0);
    }

    @Test
    void a_spinning_filter_is_given_up_and_after_three_not_asked_again_until_they_come_back() {
        var spin = new AtomicBoolean(true);
        var spinning = Foreign.filter("spinning", SHORT, message -> {
            while (spin.get()) Thread.onSpinWait();
            return Verdict.pass();
        });

        for (var i = 0; i < Callee.MOST_STUCK; i++) assertThat(apply(spinning)).isInstanceOf(Asked.Late.class);
        assertThat(apply(spinning)).isInstanceOf(Asked.Unavailable.class);
        var quick = Foreign.filter("quick", LONG, message -> Verdict.pass());
        assertThat(apply(quick).answer()).as("others are still asked").contains(Verdict.pass());

        spin.set(false);
        // A machine that is held up may be late for one more.
        until(() -> apply(spinning).answer().equals(Optional.of(Verdict.pass())));
    }

    @Test
    void a_slow_filter_holds_up_no_message_that_does_not_pass_through_it_and_is_asked_only_so_often_at_once()
            throws Exception {
        var goOn = new CountDownLatch(1);
        var slow = Foreign.filter("slow", LONG, message -> {
            awaitEvenWhenInterrupted(goOn);
            return Verdict.pass();
        });
        var quick = Foreign.filter("quick", LONG, message -> Verdict.pass());
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < Callee.MOST_COMPUTING; i++) askers.submit(() -> apply(slow));
            until(() -> slow.callers() == Callee.MOST_COMPUTING);

            assertThat(apply(slow)).as("one too many").isInstanceOf(Asked.Unavailable.class);
            assertThat(apply(quick).answer()).contains(Verdict.pass());

            goOn.countDown();
        }
        until(() -> slow.callers() == 0);
        assertThat(apply(slow).answer()).contains(Verdict.pass());
        assertThat(slow.counters().errors()).isZero();
    }

    @Test
    void after_every_rest_without_a_good_answer_the_alarm_says_how_many_there_were() {
        var now = new AtomicLong();
        var breaker = new Breaker(now::get);
        for (var i = 0; i < Breaker.IN_A_ROW; i++) breaker.failed();
        assertThat(breaker.rests()).isEqualTo(1);

        now.addAndGet(Breaker.REST.toNanos());
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.rests()).isEqualTo(2);

        now.addAndGet(Breaker.REST.toNanos());
        assertThat(breaker.lets()).isTrue();
        breaker.succeeded();
        assertThat(breaker.rests()).isZero();
    }

    @Test
    void calls_from_outside_that_spin_close_the_way_to_what_spins_and_to_nothing_else() {
        var spin = new AtomicBoolean(true);
        var calls = new Calls((_, _, _, _) -> {}, 2);
        var spinning = callee(SHORT);
        var waiting = callee(SHORT);
        var goOn = new CountDownLatch(1);
        try (var askers =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            for (var i = 0; i < Callee.MOST_SPINNING; i++) {
                askers.submit(() -> calls.here(spinning, () -> {
                    while (spin.get()) Thread.onSpinWait();
                    return "done";
                }));
                askers.submit(() -> calls.here(waiting, () -> {
                    awaitEvenWhenInterrupted(goOn);
                    return "done";
                }));
            }

            until(spinning::spins);

            assertThat(calls.here(spinning, () -> "another")).isInstanceOf(Asked.Unavailable.class);
            assertThat(calls.here(waiting, () -> "another").answer())
                    .as("late because it waits, as when the database is away")
                    .contains("another");
            spin.set(false);
            goOn.countDown();
            until(() -> !spinning.spins());
        }
        assertThat(calls.here(spinning, () -> "again").answer()).contains("again");
        calls.close();
    }

    private static Callee callee(Duration deadline) {
        return new Callee("outside", new PluginVersion("ext", "1.0.0", "", Foreign.LOADER), deadline);
    }

    @Test
    void a_defect_in_the_walk_itself_belongs_to_its_asker() {
        assertThatThrownBy(() -> guard.onComputePool(() -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
    }

    @Test
    void a_walk_of_the_hubs_own_filters_stays_on_the_callers_thread() {
        var threads = new ArrayList<Thread>();
        var own = Slot.of(Kind.FILTER, "own", Foreign.asFilter(message -> {
            threads.add(Thread.currentThread());
            return Verdict.pass();
        }));

        guard.walk(List.of(own), () -> apply(own));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void repeated_failures_bring_a_rest_an_alarm_and_then_a_try() {
        var now = new AtomicLong();
        var broken = new AtomicBoolean(true);
        var slot = Foreign.slot(
                Kind.FILTER,
                "f",
                Foreign.asFilter(message -> {
                    if (broken.get()) throw new IllegalStateException("broken");
                    return Verdict.pass();
                }),
                LONG,
                now::get);

        for (var i = 0; i < Breaker.IN_A_ROW; i++) assertThat(apply(slot)).isInstanceOf(Asked.Failed.class);
        assertThat(apply(slot)).isInstanceOf(Asked.Unavailable.class);
        assertThat(alarms).containsExactly("f: IllegalStateException: broken");

        broken.set(false);
        now.addAndGet(Breaker.REST.toNanos());
        assertThat(apply(slot).answer()).contains(Verdict.pass());
        assertThat(slot.isResting()).isFalse();
    }

    @Test
    void a_late_delivery_is_interrupted_and_given_up() {
        var interrupted = new CountDownLatch(1);
        var slot = Foreign.slot(
                Kind.CHANNEL,
                "c",
                channel(_ -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException _) {
                        interrupted.countDown();
                    }
                    return new Delivered.Done("too late");
                }),
                SHORT);

        assertThat(guard.deliver(slot, delivery())).isInstanceOf(Asked.Late.class);

        until(() -> interrupted.getCount() == 0 && slot.callers() == 0);
        assertThat(slot.counters().late()).isEqualTo(1);
    }

    @Test
    void a_delivery_runs_on_a_virtual_thread() {
        var virtual = new AtomicBoolean();
        var slot = Foreign.slot(
                Kind.CHANNEL,
                "c",
                channel(_ -> {
                    virtual.set(Thread.currentThread().isVirtual());
                    return new Delivered.Done("1");
                }),
                LONG);

        assertThat(guard.deliver(slot, delivery()).answer()).contains(new Delivered.Done("1"));
        assertThat(virtual).isTrue();
    }

    @Test
    void a_draft_that_comes_after_the_deadline_is_dropped() {
        var drafts = new CopyOnWriteArrayList<String>();
        var turn = new Turn("1", "shop", "web", Language.EN, HELLO, _ -> List.of(), Contact.anonymous("v"));

        // Where a machine is held up, not even the first may be in time.
        for (var i = 0; i < 5 && drafts.isEmpty(); i++) {
            var goOn = new CountDownLatch(1);
            var slot = Foreign.<Responder>slot(
                    Kind.RESPONDER,
                    "r",
                    (_, sink) -> {
                        sink.draft("in time");
                        awaitEvenWhenInterrupted(goOn);
                        sink.draft("too late");
                        return new Response.Pass("late");
                    },
                    IN_TIME);
            assertThat(guard.respond(slot, turn, drafts::add)).isInstanceOf(Asked.Late.class);
            goOn.countDown();
            until(() -> slot.callers() == 0);
        }

        assertThat(drafts).containsExactly("in time");
    }

    @Test
    void frames_stay_on_the_callers_thread_and_a_thrown_one_closes_nothing_for_others() {
        var threads = new ArrayList<Thread>();
        var slot = Foreign.slot(Kind.CHANNEL, "c", channel(_ -> new Delivered.Done("1")), LONG);
        var handler = new Frames(text -> {
            threads.add(Thread.currentThread());
            if (text.equals("bad")) throw new IllegalStateException("bad frame");
        });

        for (var i = 0; i < 100; i++) guard.onText(slot, handler, "bad");

        assertThat(guard.onText(slot, handler, "good")).isInstanceOf(Asked.Answered.class);
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(slot.isResting()).isFalse();
        assertThat(slot.counters().errors()).isEqualTo(100);
    }

    @Test
    void a_frame_that_takes_too_long_is_noted_while_it_is_under_way() throws Exception {
        var slot = Foreign.slot(Kind.CHANNEL, "c", channel(_ -> new Delivered.Done("1")), SHORT);
        var goOn = new CountDownLatch(1);
        var handler = new Frames(_ -> awaitEvenWhenInterrupted(goOn));

        var caller = Thread.ofVirtual().start(() -> guard.onText(slot, handler, "slow"));
        until(() -> slot.counters().late() == 1);
        goOn.countDown();
        caller.join();

        assertThat(slot.counters()).satisfies(count -> {
            assertThat(count.calls()).isEqualTo(1);
            assertThat(count.late()).isEqualTo(1);
        });
    }

    @Test
    void closing_waits_for_callers_inside_and_lets_no_new_one_in() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var closed = new AtomicBoolean();
        var slot = Foreign.slot(
                Kind.CHANNEL,
                "c",
                channel(
                        _ -> {
                            inside.countDown();
                            awaitEvenWhenInterrupted(goOn);
                            return new Delivered.Done("1");
                        },
                        closed),
                LONG);
        var results = new CopyOnWriteArrayList<Asked<Delivered>>();
        var caller = Thread.ofVirtual().start(() -> results.add(guard.deliver(slot, delivery())));
        inside.await();

        var closing = Thread.ofVirtual().start(() -> closeQuietly(slot, LONG));
        until(slot::isClosed);
        assertThat(guard.deliver(slot, delivery())).isInstanceOf(Asked.Unavailable.class);
        assertThat(closed).isFalse();
        goOn.countDown();
        caller.join();
        closing.join();

        assertThat(results).singleElement().isInstanceOf(Asked.Answered.class);
        assertThat(closed).isTrue();
    }

    @Test
    void frames_that_wait_together_are_complained_of_in_one_line() throws Exception {
        var slot = Foreign.slot(Kind.CHANNEL, "c", channel(_ -> new Delivered.Done("1")), SHORT);
        var goOn = new CountDownLatch(1);
        var handler = new Frames(_ -> awaitEvenWhenInterrupted(goOn));
        try (var log = new LogLines(Guard.class.getName())) {
            var callers = Stream.generate(() -> Thread.ofVirtual().start(() -> guard.onText(slot, handler, "slow")))
                    .limit(20)
                    .toList();
            until(() -> slot.counters().late() == 20);
            goOn.countDown();
            for (var caller : callers) caller.join();

            assertThat(log.containing("is late at")).hasSize(1);
        }
    }

    @Test
    void closing_ends_its_patience_with_a_caller_that_does_not_leave() throws Exception {
        var goOn = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        var closed = new AtomicBoolean();
        var slot = Foreign.slot(Kind.CHANNEL, "c", channel(_ -> new Delivered.Done("1"), closed), LONG);
        var handler = new Frames(_ -> {
            inside.countDown();
            awaitEvenWhenInterrupted(goOn);
        });
        var caller = Thread.ofVirtual().start(() -> guard.onText(slot, handler, "slow"));
        inside.await();

        assertThat(guard.close(slot, SHORT)).isInstanceOf(Asked.Late.class);

        assertThat(closed).isTrue();
        assertThat(slot.isClosed()).isTrue();
        goOn.countDown();
        caller.join();
        assertThat(slot.callers()).isZero();
    }

    @Test
    void closing_interrupts_who_listens() throws Exception {
        var listening = new CountDownLatch(1);
        var slot = Foreign.<Channel>slot(
                Kind.CHANNEL,
                "c",
                new Quiet(_ -> new Delivered.Done("1"), new AtomicBoolean()) {
                    @Override
                    public void listen() {
                        listening.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        }
                    }
                },
                LONG);
        var listener = Thread.ofVirtual().start(() -> guard.listen(slot));
        listening.await();

        assertThat(guard.close(slot, LONG)).isInstanceOf(Asked.Answered.class);
        assertThat(listener.join(LONG)).isTrue();
    }

    @Test
    void a_close_that_hangs_is_given_up() throws Exception {
        var slot = Foreign.<Channel>slot(
                Kind.CHANNEL,
                "c",
                new Quiet(_ -> new Delivered.Done("1"), new AtomicBoolean()) {
                    @Override
                    public void close() {
                        awaitEvenWhenInterrupted(new CountDownLatch(1));
                    }
                },
                SHORT);

        assertThat(guard.close(slot, LONG)).isInstanceOf(Asked.Late.class);
        assertThat(slot.isClosed()).isTrue();
    }

    @Test
    void an_event_stream_is_fed_until_its_source_ends() {
        var slot = Foreign.slot(Kind.CHANNEL, "c", channel(_ -> new Delivered.Done("1")), SHORT);
        var events = new ArrayList<String>();
        WebReply.EventSource source = sink -> sink.event("1", "message", "hello");

        guard.feed(slot, source, new WebReply.EventSink() {
            @Override
            public void event(String id, String name, String data) {
                events.add(data);
            }

            @Override
            public void comment(String text) {}
        });

        assertThat(events).containsExactly("hello");
    }

    @Test
    void a_stream_whose_browser_has_gone_is_no_failure_of_its_channel() {
        var slot = Foreign.slot(Kind.CHANNEL, "c", channel(_ -> new Delivered.Done("1")), SHORT);
        WebReply.EventSource source = sink -> sink.comment("anybody there?");

        var asked = guard.feed(slot, source, new WebReply.EventSink() {
            @Override
            public void event(String id, String name, String data) {}

            @Override
            public void comment(String text) throws IOException {
                throw new CallerGoneException(new IOException("Broken pipe"));
            }
        });

        assertThat(asked).isInstanceOf(Asked.Answered.class);
        assertThat(slot.counters().errors()).isZero();
    }

    private Asked<Verdict> apply(Slot<Filter> slot) {
        return guard.apply(slot, HELLO, FACTS, Stage.CUSTOMER_IN);
    }

    private void closeQuietly(Slot<?> slot, Duration patience) {
        try {
            guard.close(slot, patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static Delivery delivery() {
        return new Delivery("d1", "t1", "", new Author.Bot(), List.of(new Part.Text("hi")), 1, Instant.EPOCH);
    }

    private static Channel channel(java.util.function.Function<Delivery, Delivered> deliver) {
        return channel(deliver, new AtomicBoolean());
    }

    private static Channel channel(java.util.function.Function<Delivery, Delivered> deliver, AtomicBoolean closed) {
        return new Quiet(deliver, closed);
    }

    /** A channel that does one thing. */
    private static class Quiet implements Channel {
        private final java.util.function.Function<Delivery, Delivered> deliver;
        private final AtomicBoolean closed;

        Quiet(java.util.function.Function<Delivery, Delivered> deliver, AtomicBoolean closed) {
            this.deliver = deliver;
            this.closed = closed;
        }

        @Override
        public Abilities abilities() {
            return Abilities.pushed(1000);
        }

        @Override
        public Delivered deliver(Delivery delivery) {
            return deliver.apply(delivery);
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    private record Frames(java.util.function.Consumer<String> text) implements SocketHandler {
        @Override
        public void onOpen(LiveSocket socket) {}

        @Override
        public void onText(String value) {
            text.accept(value);
        }

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onClose(int code) {}
    }
}
