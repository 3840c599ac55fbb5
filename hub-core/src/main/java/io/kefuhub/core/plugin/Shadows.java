package io.kefuhub.core.plugin;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where candidates are asked that nobody believes: on threads that no message needs, as many at once as are set here;
 * what is too much is turned away. Safe for threads.
 */
final class Shadows implements AutoCloseable {
    static final int COMPUTING = 2;
    static final int WAITING_TO_COMPUTE = 128;

    /** A responder may ask a model, and each answer that nobody will read costs money. */
    static final int RESPONDING = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ComputePool pool;
    private final ThreadPoolExecutor computing =
            askers("shadow-filter", COMPUTING, new ArrayBlockingQueue<>(WAITING_TO_COMPUTE));
    private final ThreadPoolExecutor responding = askers("shadow-responder", RESPONDING, new SynchronousQueue<>());
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Shadows(Calls calls) {
        pool = new ComputePool(calls, COMPUTING);
    }

    private static ThreadPoolExecutor askers(String name, int most, BlockingQueue<Runnable> queue) {
        var threads = Thread.ofVirtual().name(name).factory();
        var executor = new ThreadPoolExecutor(most, most, IDLE.toSeconds(), TimeUnit.SECONDS, queue, threads);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Walks on the shadows' own compute threads. */
    <T> T walk(Supplier<T> walk) {
        return pool.walk(walk);
    }

    /** Says whether it will be run. */
    boolean compute(Runnable asking) {
        return run(computing, asking);
    }

    /**
     * Says whether it will be run.
     *
     * @param alone of those with the same name one is run at a time
     */
    boolean respond(String alone, Runnable asking) {
        if (!underWay.add(alone)) return false;
        var runs = run(responding, () -> {
            try {
                asking.run();
            } finally {
                underWay.remove(alone);
            }
        });
        if (!runs) underWay.remove(alone);
        return runs;
    }

    private static boolean run(ThreadPoolExecutor threads, Runnable asking) {
        try {
            threads.execute(() -> contained(asking));
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    private static void contained(Runnable asking) {
        try {
            asking.run();
        } catch (RejectedExecutionException _) {
            // the hub ends
        } catch (RuntimeException e) {
            LOG.error("A shadow call failed by a defect of the hub", e);
        }
    }

    @Override
    public void close() {
        computing.shutdownNow();
        responding.shutdownNow();
        pool.close();
    }
}
