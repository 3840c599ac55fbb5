package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One live instance of a contribution, such as a channel or a filter: one generation of it, from its making to the end
 * of its draining. Safe for threads.
 *
 * <p>It is made before its instance, so that what the instance is lent can know it. What it holds is reached through
 * {@link Guard} only.
 */
public final class Slot<T extends AutoCloseable> {
    private final Kind kind;
    private final String instance;
    private final String contribution;
    private final long generation;
    private final Terms terms;
    private final Callee callee;
    private volatile @Nullable T target;
    private volatile @Nullable Object said;

    Slot(Kind kind, String instance, String contribution, long generation, Terms terms, Callee callee) {
        this.kind = kind;
        this.instance = instance;
        this.contribution = contribution;
        this.generation = generation;
        this.terms = terms;
        this.callee = callee;
    }

    /** Makes a slot whose instance is yet to be made by {@link Guard}. */
    public static <T extends AutoCloseable> Slot<T> empty(
            Offer<?> offer, String instance, long generation, Terms terms) {
        return empty(offer, instance, generation, terms, System::nanoTime);
    }

    static <T extends AutoCloseable> Slot<T> empty(
            Offer<?> offer, String instance, long generation, Terms terms, LongSupplier nanoTime) {
        var callee = new Callee(instance, offer.plugin(), terms.deadline(), nanoTime);
        return new Slot<>(offer.kind(), instance, offer.description().id(), generation, terms, callee);
    }

    /** Makes a slot of an instance that is there; its class loader says whose it is. */
    public static <T extends AutoCloseable> Slot<T> of(Kind kind, String instance, T target) {
        return of(kind, instance, target, Terms.of(kind));
    }

    public static <T extends AutoCloseable> Slot<T> of(Kind kind, String instance, T target, Terms terms) {
        var loader = target.getClass().getClassLoader();
        var plugin =
                loader == PluginVersion.HUB.loader() ? PluginVersion.HUB : new PluginVersion(instance, "", "", loader);
        var slot = new Slot<T>(kind, instance, instance, 0, terms, new Callee(instance, plugin, terms.deadline()));
        slot.fill(target);
        return slot;
    }

    public Kind kind() {
        return kind;
    }

    /** The instance's short name, unique in the hub. */
    public String instance() {
        return instance;
    }

    /** The id of the contribution it was made by. */
    public String contribution() {
        return contribution;
    }

    public PluginVersion plugin() {
        return callee.plugin;
    }

    /** Counts up with every instance made, so that an older one can be told from a newer. */
    public long generation() {
        return generation;
    }

    public Terms terms() {
        return terms;
    }

    public Counters.Count counters() {
        return callee.counters.now();
    }

    /** Returns what that share of the calls took at most; nothing when there were none. */
    public Duration latency(double share) {
        return callee.counters.percentile(share);
    }

    /** How many callers are inside. */
    public int callers() {
        return callee.gate.callers();
    }

    /** Whether it takes no more calls; what its instance asks of the hub is refused once {@link Lent} is over. */
    public boolean isClosed() {
        return callee.gate.isClosed();
    }

    /** Whether it rests after repeated failures or holds threads that do not come back. */
    public boolean isResting() {
        return callee.breaker.isOpen() || callee.isStuck();
    }

    Callee callee() {
        return callee;
    }

    void fill(T made) {
        target = made;
    }

    T target() {
        return Objects.requireNonNull(target, "asked before it was made");
    }

    boolean isFilled() {
        return target != null;
    }

    /** What it said of itself once, kept because the contract says that it never changes. */
    @Nullable
    Object said() {
        return said;
    }

    void says(Object once) {
        said = once;
    }

    @Override
    public String toString() {
        return callee + " generation " + generation;
    }
}
