package io.kefuhub.core.telemetry;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What whoever runs the hub asks it. */
public final class OperationRoutes implements RouteModule {
    private final String version;
    private final Metrics metrics;
    private final Map<String, Supplier<Optional<String>>> checks;
    private final Optional<String> token;

    /**
     * @param checks what must be well before the hub can serve, each with what is wrong; asked at every look
     * @param token opens the metrics from elsewhere; without one they are for callers on this machine
     */
    public OperationRoutes(
            String version, Metrics metrics, Map<String, Supplier<Optional<String>>> checks, Optional<String> token) {
        this.version = version;
        this.metrics = metrics;
        this.checks = new LinkedHashMap<>(checks);
        this.token = token;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/healthz", this::health, Access.ANYONE);
        routes.get("/readyz", this::ready, Access.ANYONE);
        routes.get("/metrics", this::metrics, Access.ANYONE);
    }

    private void health(Context ctx) {
        Requests.send(ctx, Map.of("status", "ok", "version", version));
    }

    private void ready(Context ctx) {
        var found = new LinkedHashMap<String, String>();
        checks.forEach((name, check) -> found.put(name, check.get().orElse("ok")));
        var well = found.values().stream().allMatch("ok"::equals);
        ctx.status(well ? 200 : 503);
        Requests.send(ctx, Map.of("status", well ? "ok" : "failing", "version", version, "checks", found));
    }

    private void metrics(Context ctx) {
        if (!isLocal(ctx) && !holdsToken(ctx)) throw Problem.of(ProblemType.FORBIDDEN);
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.text());
    }

    /** A proxy on this machine speaks for others, and says so. */
    private static boolean isLocal(Context ctx) {
        try {
            return ctx.header("X-Forwarded-For") == null
                    && ctx.header("Forwarded") == null
                    && InetAddress.getByName(ctx.ip()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean holdsToken(Context ctx) {
        var given = ctx.header("Authorization");
        return given != null
                && token.filter(wanted -> MessageDigest.isEqual(
                                ("Bearer " + wanted).getBytes(StandardCharsets.UTF_8),
                                given.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }
}
