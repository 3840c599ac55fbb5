package io.kefuhub.core.plugin.wasm.guest;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;

/**
 * One version of a module, ready to be asked. Safe for threads: each caller has a slot to itself while it asks, and there
 * are as many as there were callers at once.
 */
public final class WasmModule implements AutoCloseable {
    /** However many messages it is asked about: what does not end at once holds no more threads than these. */
    static final int MOST_ENDING = 4;

    /** Frames of the hub's own language, of which a guest's call takes some; as many as a thread tells of itself. */
    private static final int DEEP = 1_000;

    private final WasmEngine engine;
    private final Source source;
    private final Plan plan;
    private final ConcurrentLinkedDeque<WasmSlot> idle = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Once it has used up a stack it gets small ones: what is deep takes long to come back, even when it was stopped. */
    private volatile boolean shallow;
    /** Whether its last call computed for long. */
    private volatile boolean slow;

    private final LongAccumulator mostMemory = new LongAccumulator(Math::max, 0);

    /**
     * How a module is run. Immutable.
     *
     * @param name as it stands in errors
     * @param keepsInstance whether one instance serves call after call
     */
    public record Plan(String name, boolean keepsInstance, Limits limits) {}

    WasmModule(WasmEngine engine, Gated gated, Plan plan) {
        this.engine = engine;
        this.plan = plan;
        this.source = Source.newBuilder(WasmEngine.LANGUAGE, ByteSequence.create(gated.bytes()), plan.name())
                .buildLiteral();
    }

    /**
     * Asks the guest, on the caller's thread unless that is a virtual one: a guest would hold what all of those share. One
     * that once went too deep is asked where stacks are small, one that computed for long behind everybody else until it is
     * quick again.
     *
     * @param function that is asked: one without parameters
     * @return what it answered, at most {@link Limits#textBytes}
     * @throws WasmFault for whatever goes wrong
     */
    public byte[] ask(String function, Errand errand, Budget budget) {
        if (shallow) return engine.shallow().run(() -> askHere(function, errand, budget));
        if (slow) return engine.behind().run(() -> askHere(function, errand, budget));
        if (Thread.currentThread().isVirtual()) return onLargeStack(() -> askHere(function, errand, budget));
        return askHere(function, errand, budget);
    }

    /** Does something on a thread with a stack as large as guests may need. */
    public <T> T onLargeStack(Supplier<T> work) {
        return engine.workers().run(work);
    }

    private byte[] askHere(String function, Errand errand, Budget budget) {
        var answer = within(budget, slot -> slot.ask(function, errand));
        mostMemory.accumulate(answer.memoryBytes());
        return answer.output();
    }

    /** Reads the module with the engine and lets an instance begin, so that what cannot run is known. */
    public void tryStart(Errand errand, Budget budget) {
        within(budget, slot -> {
            slot.tryStart(errand);
            return true;
        });
    }

    private interface Use<T> {
        T of(WasmSlot slot);
    }

    private <T> T within(Budget budget, Use<T> use) {
        var lasting = stillEnding();
        if (lasting >= MOST_ENDING) {
            throw new WasmFault(
                    WasmFault.Kind.REFUSED, lasting + " of its calls have not ended yet, though their time was up");
        }
        var slot = take();
        var watch = engine.deadlines().begin(this, budget, guest -> stop(slot, guest));
        var usable = false;
        try {
            var result = use.of(slot);
            usable = true;
            return result;
        } catch (WasmFault e) {
            // What it was about is dropped with its instance; the place is as good as before.
            usable = true;
            throw e;
        } finally {
            var byItself = engine.deadlines().end(watch);
            if (slot.wentTooDeep()) shallow = true;
            slow = watch.wasLong();
            if (usable && byItself) give(slot);
            else if (byItself) slot.kill();
        }
    }

    /** Called while the guest still runs, however deep it is. */
    private void stop(WasmSlot slot, Thread guest) {
        if (isDeep(guest)) shallow = true;
        slot.kill();
    }

    /** Looks no further down than it must: to walk a whole stack that a guest has filled takes the machine gigabytes. */
    private static boolean isDeep(Thread guest) {
        var seen = ManagementFactory.getThreadMXBean().getThreadInfo(guest.threadId(), DEEP);
        return seen != null && seen.getStackTrace().length >= DEEP;
    }

    /** How many calls were stopped and have not come back. */
    public int stillEnding() {
        return engine.deadlines().ending(this);
    }

    private WasmSlot take() {
        if (closed.get()) throw new WasmFault(WasmFault.Kind.START, "it is closed");
        var slot = idle.poll();
        return slot == null ? open() : slot;
    }

    private WasmSlot open() {
        try {
            return new WasmSlot(engine.context(), source, plan);
        } catch (PolyglotException e) {
            throw new WasmFault(WasmFault.Kind.START, "the engine cannot read it: " + e.getMessage());
        }
    }

    private void give(WasmSlot slot) {
        if (slot.isKilled()) return;
        idle.push(slot);
        if (closed.get()) drain();
    }

    private void drain() {
        for (WasmSlot slot; (slot = idle.poll()) != null; ) slot.kill();
    }

    /** The most memory that an instance had at the end of a call, in bytes. */
    public long mostMemory() {
        return mostMemory.get();
    }

    /** Lets go of all its places; a call that is under way may end first. */
    @Override
    public void close() {
        closed.set(true);
        drain();
    }
}
