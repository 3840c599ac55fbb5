package io.kefuhub.core.database;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a PostgreSQL database is and who may enter it.
 *
 * @param jdbcUrl names host and database, {@code jdbc:postgresql://host:5432/name}
 * @param socket the Unix socket file to go through instead of the URL's host and port
 */
public record DatabaseAddress(String jdbcUrl, String user, String password, Optional<Path> socket) {
    public DatabaseAddress {
        if (!requireNonNull(jdbcUrl, "jdbcUrl").startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("not a PostgreSQL address");
        }
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(socket, "socket");
    }

    /** Without the password, and without what the URL says behind its question mark. */
    @Override
    public String toString() {
        return socket.map(Path::toString).orElseGet(() -> jdbcUrl.replaceFirst("\\?.*", ""));
    }
}
