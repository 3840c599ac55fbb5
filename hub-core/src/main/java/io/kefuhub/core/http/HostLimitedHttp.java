package io.kefuhub.core.http;

import io.kefuhub.api.Http;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** The HTTP client of one instance. Safe for threads; closing it cancels what is under way. */
public final class HostLimitedHttp implements Http, AutoCloseable {
    private final OkHttpClient once;
    private final OkHttpClient repeating;
    private final AllowedHosts hosts;
    private final Duration longest;
    private volatile UnaryOperator<SocketListener> guarded;
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    HostLimitedHttp(OkHttpClient client, AllowedHosts hosts, Duration longest, UnaryOperator<SocketListener> guarded) {
        this.repeating = client;
        this.once = client.newBuilder().retryOnConnectionFailure(false).build();
        this.hosts = hosts;
        this.longest = longest;
        this.guarded = guarded;
    }

    @Override
    public Call call(Request request) {
        return new OkCall(this, request);
    }

    @Override
    public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
        return OkSocket.open(this, address, headers, guarded.apply(listener));
    }

    boolean allows(HttpUrl url) {
        return hosts.allow(url.host(), url.port());
    }

    /** Only what changes nothing may be sent again when a kept connection turns out to be dead. */
    OkHttpClient client(String method) {
        return method.equals("GET") || method.equals("HEAD") ? repeating : once;
    }

    /** How long opening a connection may take, and securing it after that. */
    Duration connectLimit() {
        return Duration.ofMillis(once.connectTimeoutMillis());
    }

    Duration limit(Duration asked) {
        return asked.compareTo(longest) > 0 ? longest : asked;
    }

    /** Lets the client make threads, which outlive whoever calls: not with the loader of its plugin. */
    static <T> T withOwnLoader(Supplier<T> work) {
        return with(HostLimitedHttp.class.getClassLoader(), work);
    }

    static <T> T with(ClassLoader wanted, Supplier<T> work) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(wanted);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Says whether it may begin. */
    boolean begin(UnderWay one) {
        underWay.add(one);
        if (closed) underWay.remove(one);
        return !closed;
    }

    void end(UnderWay one) {
        underWay.remove(one);
    }

    @Override
    public void close() {
        closed = true;
        // A peer that does not answer a farewell keeps its socket for a minute: nothing of the instance stays with it.
        guarded = UnaryOperator.identity();
        underWay.forEach(UnderWay::callOff);
    }

    /** A call or a socket that has begun and not ended. */
    interface UnderWay {
        void callOff();
    }
}
