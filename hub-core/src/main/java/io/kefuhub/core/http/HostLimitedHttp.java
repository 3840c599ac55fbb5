package io.kefuhub.core.http;

import io.kefuhub.api.Http;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** The HTTP client of one instance. Safe for threads; closing it cancels what is under way. */
public final class HostLimitedHttp implements Http, AutoCloseable {
    private final OkHttpClient once;
    private final OkHttpClient repeating;
    private final AllowedHosts hosts;
    private final Duration longest;
    private final UnaryOperator<SocketListener> guarded;
    private final Set<AutoCloseable> underWay = ConcurrentHashMap.newKeySet();
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

    /** Says whether it may begin. */
    boolean begin(AutoCloseable one) {
        underWay.add(one);
        if (closed) underWay.remove(one);
        return !closed;
    }

    void end(AutoCloseable one) {
        underWay.remove(one);
    }

    @Override
    public void close() throws Exception {
        closed = true;
        for (var one : underWay) one.close();
    }
}
