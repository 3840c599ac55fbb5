package io.kefuhub.core.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Description;
import java.time.Duration;

/**
 * One contribution of a loaded plugin: a factory that an admin can make instances of. Safe for threads.
 *
 * <p>Its factory is reached through {@link Guard} only; its description was asked for once.
 */
public final class Offer<F extends Contribution> {
    /** For making an instance and for what its factory is asked. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Kind kind;
    private final PluginVersion plugin;
    private final Description description;
    private final F factory;
    private final Permissions permissions;
    private final Callee callee;

    public Offer(PluginVersion plugin, Description description, F factory) {
        this(plugin, description, factory, Permissions.NONE);
    }

    /** @param permissions what its instances are allowed */
    public Offer(PluginVersion plugin, Description description, F factory, Permissions permissions) {
        this.kind = Kind.of(factory);
        this.plugin = plugin;
        this.description = description;
        this.factory = factory;
        this.permissions = permissions;
        this.callee = new Callee(description.id(), plugin, DEADLINE);
    }

    /** Offers something built into the hub. */
    public static <F extends Contribution> Offer<F> ofHub(F factory) {
        return new Offer<>(PluginVersion.HUB, factory.description(), factory, Permissions.ALL);
    }

    public Kind kind() {
        return kind;
    }

    public PluginVersion plugin() {
        return plugin;
    }

    public Description description() {
        return description;
    }

    /** What its instances are allowed. */
    public Permissions permissions() {
        return permissions;
    }

    /** How many callers are inside. */
    public int callers() {
        return callee.gate.callers();
    }

    F factory() {
        return factory;
    }

    Callee callee() {
        return callee;
    }

    @Override
    public String toString() {
        return description.id() + " of " + plugin;
    }
}
