package io.kefuhub.core.telemetry;

import io.kefuhub.core.web.CallWatch;
import java.time.Duration;

/** Counts the calls of the web server. */
public final class CallMetrics implements CallWatch {
    /** It lasts as long as its reader likes. */
    private static final String STREAM = "/api/stream";

    private final Metrics.Durations durations;

    public CallMetrics(Metrics metrics) {
        durations = metrics.durations(
                "kefuhub_http_request_seconds", "Calls of the web server.", "method", "route", "status");
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        if (!route.equals(STREAM)) durations.add(took, method, route, Integer.toString(status));
    }
}
