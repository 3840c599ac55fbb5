package io.kefuhub.core.plugin.jar;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Loads a plugin's classes, in one go or with rests. Hundreds of classes that are read, checked and run for the first time
 * take a processor for a good while: a version that is only made ready must not keep customers waiting who are served by
 * the one before. Safe for threads; who makes it ready is one.
 */
final class RestingLoader extends PluginClassLoader {
    private static final long PIECE_NANOS = 1_000_000;
    private static final long LONGEST_REST_NANOS = 10_000_000;

    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile boolean rests;
    private volatile long began;

    RestingLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader parent) {
        super(manager, descriptor, parent, ClassLoadingStrategy.APD);
    }

    /** Rests between classes from now on, as long as it worked before; or no more, since somebody may wait for them. */
    void rests(boolean now) {
        began = System.nanoTime();
        rests = now;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        // What a class needs to be loaded itself is a part of the piece.
        if (!rests || !loading.compareAndSet(false, true)) return super.findClass(name);
        try {
            return super.findClass(name);
        } finally {
            loading.set(false);
            rest();
        }
    }

    private void rest() {
        var worked = System.nanoTime() - began;
        if (worked < PIECE_NANOS || !rests) return;
        LockSupport.parkNanos(this, Math.min(worked, LONGEST_REST_NANOS));
        began = System.nanoTime();
    }
}
