package io.kefuhub.api.kit;

import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Inbox.Accepted;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A hub around one channel, as far as messages come in: it stores what a call brings before it answers, pulls what waits from
 * the cursor that it kept, lets the channel listen, and can be started again. Safe for threads.
 */
public final class Serving implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long LOOK = 2_000_000;
    private static final int MOST_BATCHES = 1_000;

    private final Supplier<Channel> making;
    private final FakeChannelContext context;
    private final boolean connects;
    private final Set<String> sources = new LinkedHashSet<>();
    private final Map<String, String> cursors = new ConcurrentHashMap<>();
    private volatile Channel channel;
    private volatile Thread listener;

    Serving(ChannelUnderTest subject) {
        making = subject::channel;
        context = subject.context();
        connects = subject.customers().way() == Customers.Way.CONNECTED;
        channel = making.get();
        listener = listen(channel);
    }

    private Thread listen(Channel one) {
        var thread = Thread.ofVirtual().name("listener").start(one::listen);
        if (connects) await("the channel has not said that it listens", context.inbox()::isListening);
        return thread;
    }

    /** The generation that serves now. */
    public Channel channel() {
        return channel;
    }

    /** The platform calls; returns whether the hub acknowledges it, which it does when all is stored that the call brought. */
    public boolean call(Requests call) {
        try {
            return switch (channel.receive(call.call())) {
                case Receipt.Accepted(var messages, var reply) -> store(messages) && isFine(reply);
                case Receipt.Nudged(var source, var reply) -> {
                    waits(source);
                    yield isFine(reply);
                }
                case Receipt.Answered(var reply) -> isFine(reply);
                case Receipt.Refused _ -> false;
            };
        } catch (UnavailableException _) {
            return false;
        }
    }

    private static boolean isFine(WebReply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    private boolean store(List<Incoming> messages) {
        var all = true;
        for (var message : messages) all &= context.inbox().accept(message) instanceof Accepted.Stored;
        return all;
    }

    private synchronized void waits(String source) {
        sources.add(source);
    }

    private synchronized List<String> sources() {
        sources.addAll(context.inbox().nudges());
        return new ArrayList<>(sources);
    }

    /** Pulls one batch from where each source stands, and is killed before any of it is stored. */
    void pullAndLose() {
        for (var source : sources()) pull(source);
    }

    /**
     * Pulls one batch from where each source stands, and is killed when it is stored, before it has kept how far that came.
     *
     * @return whether more waits
     */
    boolean pullAndForget() {
        var more = false;
        for (var source : sources()) {
            var batch = pull(source);
            store(batch.messages());
            more |= batch.more();
        }
        return more;
    }

    /** Pulls from where each source stands until nothing more waits. */
    public void pullAll() {
        for (var source : sources()) {
            var batches = 0;
            for (var more = true; more; ) {
                var batch = pull(source);
                if (store(batch.messages())) cursors.put(source, batch.cursor());
                more = batch.more();
                if (++batches > MOST_BATCHES) throw new AssertionError("there is always more to pull from " + source);
            }
        }
    }

    private Pulled pull(String source) {
        return channel.pull(source, cursors.getOrDefault(source, ""));
    }

    /** Ends the generation that serves, and begins with another, which has the same store and nothing in memory. */
    public void restart() {
        end();
        context.restart();
        channel = making.get();
        listener = listen(channel);
    }

    /** Waits for what the channel brings about by itself; what waits is pulled meanwhile. */
    public void await(String missing, BooleanSupplier condition) {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError(missing);
            pullAll();
            LockSupport.parkNanos(LOOK);
        }
    }

    private void end() {
        listener.interrupt();
        try {
            if (!listener.join(LONGEST)) throw new AssertionError("the channel goes on listening though interrupted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        channel.close();
    }

    @Override
    public void close() {
        end();
    }
}
