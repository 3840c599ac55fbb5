package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Foreign code as {@link Guard} sees it: how it is called, who is inside it now, and how it fared. Safe for threads. */
final class Callee {
    /** With so many calls that were given up and have not come back, no further one is made. */
    static final int MOST_STUCK = 3;

    /** So many calls that compute may be under way at once: what is slow must not take the pool from the others. */
    static final int MOST_COMPUTING = 16;

    /** So many calls that wait for the network may be under way at once. */
    static final int MOST_WAITING = 256;

    /** With so many calls that spin on a thread that cannot be given up, no further one is made. */
    static final int MOST_SPINNING = 3;

    private static final Logger log = LoggerFactory.getLogger(Guard.class);
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    final String name;
    final PluginVersion plugin;
    final Duration deadline;
    final Gate gate = new Gate();
    final Counters counters = new Counters();
    final Breaker breaker;
    private final LongSupplier nanoTime;
    private final AtomicInteger stuck = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile int spinning;
    private volatile boolean barred;
    private final AtomicLong quietUntil;

    Callee(String name, PluginVersion plugin, Duration deadline) {
        this(name, plugin, deadline, System::nanoTime);
    }

    Callee(String name, PluginVersion plugin, Duration deadline, LongSupplier nanoTime) {
        this.name = name;
        this.plugin = plugin;
        this.deadline = deadline;
        this.nanoTime = nanoTime;
        this.breaker = new Breaker(nanoTime);
        this.quietUntil = new AtomicLong(nanoTime.getAsLong());
    }

    boolean isHub() {
        return plugin.isHub();
    }

    /** Lets no question in any more and believes no answer of those under way; calls inside may end. */
    void bar() {
        barred = true;
    }

    boolean isBarred() {
        return barred;
    }

    /** Lets a question in that may be given up, unless there are so many already; it leaves by {@link #leave}. */
    boolean admit(int most) {
        if (underWay.incrementAndGet() <= most) return true;
        underWay.decrementAndGet();
        return false;
    }

    /** A question that was let in, by the gate and here, has ended. */
    void leave() {
        underWay.decrementAndGet();
        gate.leave();
    }

    /** Enters for the call that ends it all. */
    void enterLast() {
        underWay.incrementAndGet();
        gate.enterLast();
    }

    /** @param calls that are late and have not once been seen waiting since */
    void spins(int calls) {
        spinning = calls;
    }

    boolean spins() {
        return spinning >= MOST_SPINNING;
    }

    void gaveUp() {
        stuck.incrementAndGet();
    }

    void cameBack() {
        stuck.decrementAndGet();
    }

    boolean isStuck() {
        return stuck.get() >= MOST_STUCK || spins();
    }

    int stuck() {
        return Math.max(stuck.get(), spinning);
    }

    /** Logs a problem with its cause, at most once a minute. */
    void complain(String problem, Throwable cause) {
        if (maySpeak()) log.warn("{} {}", this, problem, cause);
    }

    private boolean maySpeak() {
        var now = nanoTime.getAsLong();
        var until = quietUntil.get();
        return now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET);
    }

    /** Logs a problem that many calls may have at once, at most once a minute. */
    void complain(Supplier<String> problem) {
        if (maySpeak()) log.warn("{} {}", this, problem.get());
    }

    /** Logs what happens seldom by its nature. */
    void complain(String problem) {
        log.warn("{} {}", this, problem);
    }

    @Override
    public String toString() {
        return name + " (" + plugin + ")";
    }
}
