package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Lent;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Keeps and makes the instances of one kind. Called by one thread at a time, that of {@link Instances}. */
public interface Host<T extends AutoCloseable> {
    Kind kind();

    /** All instances that are kept, in their order. */
    List<InstanceSpec> all();

    /** Stores an instance, new or changed. */
    void keep(Handle tx, InstanceSpec spec);

    /** Forgets an instance that is off; says whether it could be. */
    boolean forget(Handle tx, String key);

    /** Has the instance made and put into the slot. */
    Asked<CheckResult> create(Slot<T> slot, Offer<?> offer, InstanceSpec spec, Settings settings, Lent lent);

    /** Whether an instance that is off is made all the same, to answer what must be answered before it serves. */
    default boolean standsBy() {
        return false;
    }

    /** This slot is of an instance that is off. */
    default void stands(Slot<T> slot) {}

    /** Every call goes to this slot from now on. */
    default void serves(Slot<T> slot) {}

    /** What is open on the slot before goes on with the next one; both may be called. May take its time, on any thread. */
    default void handOver(Slot<T> before, Slot<T> next) {}

    /** Waits until the next generation has all it needs to go on alone. */
    default void awaitReady(Slot<T> next) {}

    /** A generation is closed. */
    default void ended(Slot<T> slot) {}

    /** These instances exist now. */
    default void exist(List<InstanceSpec> instances) {}
}
