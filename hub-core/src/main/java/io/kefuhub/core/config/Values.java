package io.kefuhub.core.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads values by key and refuses what a key does not allow. An empty value counts as none. */
record Values(Map<String, String> environment) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s)");

    Optional<String> text(String key) {
        return Optional.ofNullable(environment.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A value, or the content of the file that the same key with {@code _FILE} names. */
    Optional<String> secret(String key) {
        var file = text(key + "_FILE");
        if (file.isEmpty()) {
            return text(key);
        }
        try {
            return Optional.of(Files.readString(path(key + "_FILE", "")).strip());
        } catch (IOException e) {
            throw new ConfigException(key + "_FILE", "must name a file that the hub may read", e);
        }
    }

    int port(String key, int otherwise) {
        var allowed = "must be a port, 0 to 65535";
        try {
            var port = text(key).map(Integer::valueOf).orElse(otherwise);
            if (port < 0 || port > 65_535) {
                throw new ConfigException(key, allowed);
            }
            return port;
        } catch (NumberFormatException e) {
            throw new ConfigException(key, allowed, e);
        }
    }

    /** Reads {@code 800ms} or {@code 2s}. */
    Optional<Duration> duration(String key, Duration least, Duration most) {
        return text(key).map(value -> {
            var read = DURATION.matcher(value);
            if (read.matches()) {
                var number = Long.parseLong(read.group(1));
                var duration = read.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
                if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) return duration;
            }
            throw new ConfigException(
                    key,
                    "must be a duration such as 800ms or 2s, from " + least.toMillis() + "ms to " + most.toSeconds()
                            + "s");
        });
    }

    Path path(String key, String otherwise) {
        try {
            return Path.of(text(key).orElse(otherwise)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigException(key, "must be a path", e);
        }
    }

    Optional<URI> url(String key) {
        return text(key).map(value -> {
            var allowed = "must be like https://help.example.com";
            try {
                var url = URI.create(value.replaceFirst("/+$", ""));
                if (!("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                        || url.getHost() == null
                        || url.getRawQuery() != null
                        || url.getRawFragment() != null) {
                    throw new ConfigException(key, allowed);
                }
                return url;
            } catch (IllegalArgumentException e) {
                throw new ConfigException(key, allowed, e);
            }
        });
    }

    boolean flag(String key) {
        return text(key)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw new ConfigException(key, "must be true or false");
                })
                .orElse(false);
    }
}
