package io.kefuhub.core.http;

import io.kefuhub.api.Http;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Makes HTTP clients that share their connections. Safe for threads; closed after all of them. */
public final class HttpClients implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final Duration PING = Duration.ofSeconds(25);

    private final HttpSettings settings;
    private final ExecutorService socketThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient shared;

    public HttpClients(HttpSettings settings) {
        this.settings = settings;
        var dispatcher = new Dispatcher(socketThreads);
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        var builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(settings.idleConnections(), KEPT.toSeconds(), TimeUnit.SECONDS))
                .connectTimeout(settings.connect())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .pingInterval(PING)
                .followRedirects(false)
                .followSslRedirects(false)
                .eventListenerFactory(Progress.FACTORY);
        settings.proxy().ifPresent(address -> builder.proxy(new Proxy(Proxy.Type.HTTP, address)));
        shared = builder.build();
    }

    /**
     * Makes the client of one instance.
     *
     * @param guarded puts its door round a listener of the instance, whose code is foreign
     */
    public HostLimitedHttp open(AllowedHosts hosts, UnaryOperator<Http.SocketListener> guarded) {
        return new HostLimitedHttp(shared.newBuilder().build(), hosts, settings.longest(), guarded);
    }

    /** The same, but a connection that is not open after this time counts as failed. */
    public HostLimitedHttp open(AllowedHosts hosts, Duration connect, UnaryOperator<Http.SocketListener> guarded) {
        var client = shared.newBuilder().connectTimeout(connect).build();
        return new HostLimitedHttp(client, hosts, settings.longest(), guarded);
    }

    /** Makes a client for the hub's own use. */
    public HostLimitedHttp open(AllowedHosts hosts) {
        return open(hosts, UnaryOperator.identity());
    }

    @Override
    public void close() {
        shared.connectionPool().evictAll();
        socketThreads.shutdownNow();
    }
}
