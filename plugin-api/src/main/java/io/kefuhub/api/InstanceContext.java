package io.kefuhub.api;

import java.time.InstantSource;

/**
 * What the hub lends to every instance, until it is closed. Safe for threads.
 *
 * <p>Threads, timers, connections and files all come from here, so that unloading a plugin can prove that nothing of it
 * is left. What needs the hub's database throws {@link UnavailableException} while that is away.
 */
public interface InstanceContext {
    /** The instance's short name, unique in the hub and safe in a path, such as {@code wk_demo}. */
    String instance();

    /** The HTTP client, limited to the hosts an admin allowed. */
    Http http();

    /** Files kept by the hub, such as what customers send. */
    Files files();

    /** The instance's own small durable map. */
    Store store();

    /** Threads and timers. */
    Tasks tasks();

    /** The hub's clock; a test moves it. */
    InstantSource clock();
}
