package io.kefuhub.core.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;

/**
 * Notices within a quarter of a second that whoever called has hung up, while the answer is still being made. Safe for
 * threads.
 *
 * <p>The server itself looks at a connection again only when it writes, or when the next call begins. So a call that takes
 * longer than a look has its connection watched for its end; what a caller sends ahead meanwhile is put back for the
 * server, and ends the watching. A caller who closes only their sending half counts as gone, as with most proxies.
 */
public final class CallerWatch implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int AHEAD = 4096;

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean resting;

    public CallerWatch() {
        thread = Thread.ofPlatform().name("caller-watch").daemon().start(this::run);
    }

    /** Ends the watching; to be called before the answer ends. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Watches a call whose body was read to its end. It may take its time: the server's limit for idle connections counts
     * for what is being written only.
     *
     * @param gone run once when the caller has hung up, by any thread; must not wait
     */
    public Watch watch(Context ctx, Runnable gone) {
        var request = ServletContextRequest.getServletContextRequest(ctx.req());
        request.addIdleTimeoutListener(_ -> false);
        var connection = request.getConnectionMetaData().getConnection();
        if (!(connection.getEndPoint() instanceof AbstractEndPoint end)) return () -> {};
        var call = new Watched(connection, end, gone);
        watched.add(call);
        if (resting) LockSupport.unpark(thread);
        return call;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        while (!Thread.interrupted()) {
            resting = watched.isEmpty();
            if (resting && watched.isEmpty()) LockSupport.park(this);
            resting = false;
            LockSupport.parkNanos(LOOK_NANOS);
            var now = System.nanoTime();
            for (var call : watched) {
                if (now - call.since >= LOOK_NANOS) call.arm();
            }
        }
    }

    private final class Watched implements Callback, Watch {
        private final Connection connection;
        private final AbstractEndPoint end;
        private final Runnable gone;
        private final long since = System.nanoTime();
        private boolean armed;
        private boolean ended;

        Watched(Connection connection, AbstractEndPoint end, Runnable gone) {
            this.connection = connection;
            this.end = end;
            this.gone = gone;
        }

        synchronized void arm() {
            if (!armed && !ended) armed = end.tryFillInterested(this);
        }

        @Override
        public void succeeded() {
            if (hasEnded()) gone.run();
        }

        @Override
        public void failed(Throwable cause) {
            synchronized (this) {
                armed = false;
                if (ended) return;
                finish();
            }
            gone.run();
        }

        /** Looks what made the connection readable. */
        private synchronized boolean hasEnded() {
            armed = false;
            if (ended) return false;
            var ahead = ByteBuffer.allocate(AHEAD).flip();
            try {
                var read = end.fill(ahead);
                if (read == 0) return false;
                finish();
                if (read < 0) return true;
                if (connection instanceof Connection.UpgradeTo taker) taker.onUpgradeTo(ahead);
                return false;
            } catch (IOException e) {
                finish();
                return true;
            }
        }

        private void finish() {
            ended = true;
            watched.remove(this);
        }

        @Override
        public synchronized void close() {
            if (ended) return;
            finish();
            if (armed) end.getFillInterest().onFail(new CancellationException("no longer watched"));
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
