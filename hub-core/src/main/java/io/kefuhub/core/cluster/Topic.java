package io.kefuhub.core.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something live that is told to all who listen, in the order it was published. What is told may be lost when the hub
 * dies; whoever listens finds what it missed in the database.
 *
 * <p>Safe for threads. Publishing never waits; one thread of the topic calls the listeners, which must not wait either.
 */
public final class Topic<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Topic.class);

    private final LinkedTransferQueue<T> queue = new LinkedTransferQueue<>();
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;

    public Topic(String name) {
        thread = Thread.ofPlatform().name("topic-" + name).daemon().start(this::run);
    }

    public void publish(T news) {
        queue.add(news);
    }

    public void subscribe(Consumer<T> listener) {
        listeners.add(listener);
    }

    /** Tells the listener until what is returned is closed. */
    public Following follow(Consumer<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Ends with {@link #close}. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                tell(queue.take());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void tell(T news) {
        for (var listener : listeners) {
            try {
                listener.accept(news);
            } catch (RuntimeException e) {
                LOG.error("A listener of {} failed", thread.getName(), e);
            }
        }
    }
}
