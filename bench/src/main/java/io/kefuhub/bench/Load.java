package io.kefuhub.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Customers who ask, each as soon as the last answer came, or all together so many questions a second. */
public final class Load implements AutoCloseable {
    private final List<Customer> customers = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final LinkedBlockingQueue<Customer> idle = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean counting;
    private volatile boolean asking;
    private final boolean closedLoop;
    private final List<String> questions;
    private volatile int turn;

    /**
     * What came out.
     *
     * @param seconds over which was counted
     * @param nanos of every answer in that time, sorted
     */
    public record Result(double seconds, long[] nanos) {
        public double perSecond() {
            return nanos.length / seconds;
        }

        /** Two that were counted at the same time, as one. */
        public Result and(Result other) {
            var all = LongStream.concat(Arrays.stream(nanos), Arrays.stream(other.nanos));
            return new Result(Math.max(seconds, other.seconds), all.sorted().toArray());
        }

        public double meanMillis() {
            return Arrays.stream(nanos).average().orElse(0) / 1e6;
        }

        public double millis(double share) {
            return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e6;
        }
    }

    public Load(Visitors visitors, Wire wire, int count, boolean closedLoop) throws IOException {
        this(visitors, wire, count, closedLoop, Questions.ALL);
    }

    /** @param questions each of which has one answer */
    public Load(Visitors visitors, Wire wire, int count, boolean closedLoop, List<String> questions)
            throws IOException {
        this.closedLoop = closedLoop;
        this.questions = questions;
        for (var i = 0; i < count; i++) {
            var customer = visitors.enter(wire, this::answered);
            customers.add(customer);
            readers.add(Thread.ofVirtual().start(() -> {
                try {
                    customer.listen();
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
    }

    private void answered(Customer.Answered answer) {
        if (counting) latencies.add(answer.nanos());
        if (!closedLoop) idle.add(answer.customer());
        else if (asking) ask(answer.customer(), System.nanoTime());
    }

    private void ask(Customer customer, long due) {
        var number = customer.asked() + customer.hashCode() & 0x7fffffff;
        customer.ask(questions.get((int) (number % questions.size())), due);
    }

    /** Everybody asks again as soon as he is answered. */
    public void everyone() {
        asking = true;
        var now = System.nanoTime();
        customers.forEach(customer -> ask(customer, now));
    }

    /** So many questions a second, whether answers come or not; a late start counts as waiting. */
    public Thread steady(int rate) {
        asking = true;
        idle.addAll(customers);
        return Thread.ofPlatform().start(() -> {
            var start = System.nanoTime();
            for (var i = 0L; asking; i++) {
                var due = start + i * 1_000_000_000L / rate;
                for (var now = System.nanoTime(); now < due; now = System.nanoTime()) LockSupport.parkNanos(due - now);
                try {
                    var next = idle.poll(1, TimeUnit.SECONDS);
                    if (next != null && asking) ask(next, due);
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                    return;
                }
            }
        });
    }

    /** Counts for a time; what comes before and after is not counted. */
    public Result count(int seconds) {
        latencies.clear();
        var start = System.nanoTime();
        counting = true;
        pass(seconds);
        counting = false;
        var took = (System.nanoTime() - start) / 1e9;
        return new Result(
                took, latencies.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** Lets time pass, unless something fails. */
    public void pass(int seconds) {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(50_000_000);
            throwFailure();
        }
    }

    /** Asks no more and waits for what is still open. */
    public void finish() {
        asking = false;
        var end = System.nanoTime() + 30_000_000_000L;
        while (customers.stream().anyMatch(Customer::isWaiting)) {
            throwFailure();
            if (System.nanoTime() > end) throw new IllegalStateException("questions were never answered");
            LockSupport.parkNanos(20_000_000);
        }
        // What would be a second answer has time to come.
        pass(1);
    }

    private void throwFailure() {
        var failed = failure.get();
        if (failed != null) throw new IllegalStateException(failed.getMessage(), failed);
    }

    /** How many customers have their connection still. */
    public long connected() {
        return readers.stream().filter(Thread::isAlive).count();
    }

    public long asked() {
        return customers.stream().mapToLong(Customer::asked).sum();
    }

    public long answers() {
        return customers.stream().mapToLong(Customer::answers).sum();
    }

    @Override
    public void close() {
        customers.forEach(Customer::close);
        for (var reader : readers) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
