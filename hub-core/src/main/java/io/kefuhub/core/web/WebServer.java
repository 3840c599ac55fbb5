package io.kefuhub.core.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.security.Roles;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/**
 * The hub's web server: every route of every module behind one door. Made with all its modules, started once, closed
 * once.
 */
public final class WebServer implements AutoCloseable {
    /** An upload may be this large; what a desk or channel allows may be less. */
    public static final int UPLOAD_LIMIT_MB = 25;

    private static final String POLICY = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
            + "style-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'";
    private static final Duration SOCKET_IDLE = Duration.ofMinutes(10);
    private static final int SOCKET_TEXT = 256 * 1024;

    private final WebSettings settings;
    private final Javalin javalin;

    public WebServer(WebSettings settings, Gate gate, CallWatch watch, List<RouteModule> modules) {
        this(settings, gate, watch, modules, _ -> Optional.empty());
    }

    /**
     * @param sockets who answers web sockets
     */
    public WebServer(WebSettings settings, Gate gate, CallWatch watch, List<RouteModule> modules, SocketDoor sockets) {
        this.settings = settings;
        this.javalin = Javalin.create(config -> {
            serve(config);
            open(config, sockets);
            config.requestLogger.http((ctx, millis) ->
                    watch.answered(ctx.method().name(), routeOf(ctx), ctx.statusCode(), Duration.ofNanos((long)
                            (millis * 1_000_000))));
            config.routes.before(this::prepare);
            config.routes.beforeMatched(new Doorkeeper(gate));
            new ErrorAnswers().addTo(config.routes);
            modules.forEach(module -> module.addTo(config.routes));
        });
    }

    /** Builds a server that serves nothing and never starts, so that what building one takes is loaded. */
    public static void rehearse() {
        new WebServer(WebSettings.local(0), _ -> Optional.empty(), CallWatch.NONE, List.of());
    }

    public WebServer start() {
        if (settings.host().isEmpty()) {
            javalin.start(settings.port());
        } else {
            javalin.start(settings.host(), settings.port());
        }
        javalin.jettyServer()
                .server()
                .getDescendants(ServletContextHandler.class)
                .forEach(WebServer::refuseDeflate);
        return this;
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Every route for HTTP, whoever brought it. */
    public List<RouteInfo> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint ->
                        new RouteInfo(endpoint.method.name(), endpoint.path, accessOf(endpoint.metadata(Roles.class))))
                .toList();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private void serve(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.threadPool = new WebThreads();
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = UPLOAD_LIMIT_MB * 1024L * 1024;
        config.jetty.multipartConfig.maxFileSize(UPLOAD_LIMIT_MB, SizeUnit.MB);
        config.jetty.multipartConfig.maxTotalRequestSize(UPLOAD_LIMIT_MB + 1L, SizeUnit.MB);
        config.jetty.multipartConfig.maxInMemoryFileSize(1, SizeUnit.MB);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(false);
        });
        config.jetty.modifyServer(server -> {
            var errors = new ErrorHandler();
            errors.setShowStacks(false);
            server.setErrorHandler(errors);
        });
        config.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setIdleTimeout(SOCKET_IDLE);
            factory.setMaxTextMessageSize(SOCKET_TEXT);
            factory.setMaxBinaryMessageSize(SOCKET_TEXT);
        });
        // Javalin asks for a session with every upgrade; without cookies and thrown away at once it does not pile up.
        config.jetty.modifyServletContextHandler(context -> {
            var sessions = new SessionHandler();
            sessions.setUsingCookies(false);
            context.setSessionHandler(sessions);
        });
        config.routes.wsBeforeUpgrade(ctx -> {
            var session = ctx.req().getSession(false);
            if (session != null) session.invalidate();
        });
    }

    private void open(JavalinConfig config, SocketDoor sockets) {
        config.jetty.modifyServletContextHandler(context -> {
            JettyWebSocketServletContainerInitializer.configure(context, (_, container) -> {
                container.setMaxTextMessageSize(SOCKET_TEXT);
                container.setMaxBinaryMessageSize(SOCKET_TEXT);
            });
            for (var first : List.of(new ForwardedFilter(settings), new SocketFilter(sockets))) {
                var filter = new FilterHolder(first);
                filter.setAsyncSupported(true);
                context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
            }
        });
    }

    private void prepare(Context ctx) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        if (ctx.path().startsWith("/api/")) ctx.header("Cache-Control", "no-store");
        if (settings.secure()) ctx.header("Strict-Transport-Security", "max-age=31536000");
    }

    /** Compression costs 3 KB for each idle socket and gains little for short messages. */
    private static void refuseDeflate(ServletContextHandler context) {
        WebSocketServerComponents.getWebSocketComponents(context)
                .getExtensionRegistry()
                .unregister("permessage-deflate");
    }

    private static String routeOf(Context ctx) {
        var endpoint = ctx.endpoints().matchedHttpEndpoint();
        return endpoint == null ? "none" : endpoint.path;
    }

    private static Set<Access> accessOf(@Nullable Roles roles) {
        if (roles == null) return Set.of();
        return roles.getRoles().stream().map(Access.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}
