package io.kefuhub.core.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the hub is told from outside, read once at start.
 *
 * @param home where all that changes lies; {@code KEFUHUB_HOME}, or {@code .kefuhub} in the working folder
 * @param listen where the hub takes connections
 * @param publicUrl what customers' browsers and platforms call the hub by, without a slash at the end;
 *     {@code KEFUHUB_PUBLIC_URL}
 * @param database a PostgreSQL server to use; empty for the one that comes with the hub
 * @param demo whether a new hub starts with a shop to try it on; {@code KEFUHUB_DEMO}
 * @param signedPluginsOnly whether a plugin must be signed by somebody who is trusted;
 *     {@code KEFUHUB_PLUGINS_REQUIRE_SIGNED}
 * @param pluginBuild a build's folder whose jar is taken whenever it is made anew; {@code KEFUHUB_PLUGINS_DEV}
 * @param behindProxy whether every call comes through a proxy that says who calls; {@code KEFUHUB_BEHIND_PROXY}
 * @param metricsToken opens the metrics from other machines; {@code KEFUHUB_METRICS_TOKEN}, or the content of the file
 *     {@code KEFUHUB_METRICS_TOKEN_FILE}
 * @param filterDeadline how long a filter may take where nobody said so for the instance; {@code
 *     KEFUHUB_FILTER_DEADLINE}
 */
public record HubConfig(
        Path home,
        Listen listen,
        URI publicUrl,
        Optional<DatabaseServer> database,
        boolean demo,
        boolean signedPluginsOnly,
        Optional<Path> pluginBuild,
        boolean behindProxy,
        Optional<MetricsToken> metricsToken,
        Optional<Duration> filterDeadline) {
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /**
     * An address of this machine.
     *
     * @param host {@code KEFUHUB_HOST}; only this machine unless told otherwise
     * @param port {@code KEFUHUB_PORT}; 0 takes any that is free
     */
    public record Listen(String host, int port) {}

    /**
     * @throws ConfigException names the first key whose value cannot be used
     */
    public static HubConfig from(Map<String, String> environment) {
        var values = new Values(environment);
        var listen = new Listen(values.text("KEFUHUB_HOST").orElse("127.0.0.1"), values.port("KEFUHUB_PORT", 8080));
        return new HubConfig(
                values.path("KEFUHUB_HOME", ".kefuhub"),
                listen,
                values.url("KEFUHUB_PUBLIC_URL").orElseGet(() -> localUrl(listen)),
                DatabaseServer.from(values),
                values.flag("KEFUHUB_DEMO"),
                values.flag("KEFUHUB_PLUGINS_REQUIRE_SIGNED"),
                values.text("KEFUHUB_PLUGINS_DEV").map(_ -> values.path("KEFUHUB_PLUGINS_DEV", "")),
                values.flag("KEFUHUB_BEHIND_PROXY"),
                MetricsToken.from(values),
                values.duration("KEFUHUB_FILTER_DEADLINE", SHORTEST, LONGEST));
    }

    private static URI localUrl(Listen listen) {
        return URI.create("http://localhost:" + listen.port());
    }
}
