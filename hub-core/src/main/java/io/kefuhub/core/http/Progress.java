package io.kefuhub.core.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Notes whether a request has begun to leave, and ends a call whose connection is not secured in time, which would wait as
 * long as the call may take. Written and read by any thread.
 */
final class Progress extends EventListener {
    static final EventListener.Factory FACTORY = Progress::of;

    private final Duration secured;
    private volatile boolean dispatched;
    private volatile boolean late;
    private volatile CountDownLatch securing = new CountDownLatch(0);

    /** @param secured how long securing a connection may take */
    Progress(Duration secured) {
        this.secured = secured;
    }

    private static EventListener of(Call call) {
        var progress = call.request().tag(Progress.class);
        return progress == null ? EventListener.NONE : progress;
    }

    boolean isDispatched() {
        return dispatched;
    }

    /** Whether the call was ended because its connection was not secured in time. */
    boolean isLate() {
        return late;
    }

    @Override
    public void secureConnectStart(Call call) {
        var over = new CountDownLatch(1);
        securing = over;
        Thread.ofVirtual().name("handshake").start(() -> {
            if (isInTime(over)) return;
            late = true;
            call.cancel();
        });
    }

    private boolean isInTime(CountDownLatch over) {
        try {
            return over.await(secured.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        securing.countDown();
    }

    @Override
    public void connectFailed(
            Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol, IOException e) {
        securing.countDown();
    }

    @Override
    public void requestHeadersStart(Call call) {
        dispatched = true;
    }
}
