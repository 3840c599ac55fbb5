package io.kefuhub.core.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How the hub calls out. Immutable.
 *
 * @param proxy of HTTP, for every call; its name is looked up when it is used
 * @param connect how long opening a connection may take, and securing it after that
 * @param longest the longest a call may ask for
 * @param idleConnections kept open for the next call
 */
public record HttpSettings(Optional<InetSocketAddress> proxy, Duration connect, Duration longest, int idleConnections) {
    public static final HttpSettings DEFAULT =
            new HttpSettings(Optional.empty(), Duration.ofSeconds(10), Duration.ofMinutes(10), 512);

    public HttpSettings withProxy(InetSocketAddress address) {
        return new HttpSettings(Optional.of(address), connect, longest, idleConnections);
    }
}
