package io.kefuhub.core.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server that an admin runs.
 *
 * @param jdbcUrl {@code KEFUHUB_DB_URL}, as {@code jdbc:postgresql://host:5432/name} or
 *     {@code postgresql://user:password@host:5432/name}
 * @param user {@code KEFUHUB_DB_USER}
 * @param password {@code KEFUHUB_DB_PASSWORD}, or the content of the file {@code KEFUHUB_DB_PASSWORD_FILE}
 */
public record DatabaseServer(String jdbcUrl, String user, String password) {
    private static final String KEY = "KEFUHUB_DB_URL";
    private static final String ALLOWED = "must be like jdbc:postgresql://host:5432/name";
    private static final Pattern SCHEME = Pattern.compile("^(jdbc:postgresql|postgres(ql)?)://.+");

    static Optional<DatabaseServer> from(Values values) {
        return values.text(KEY).map(url -> read(url, values));
    }

    private static DatabaseServer read(String url, Values values) {
        if (!SCHEME.matcher(url).matches()) {
            throw new ConfigException(KEY, ALLOWED);
        }
        var user = values.text("KEFUHUB_DB_USER");
        var password = values.secret("KEFUHUB_DB_PASSWORD");
        if (url.startsWith("jdbc:")) {
            return new DatabaseServer(url, user.orElse("kefuhub"), password.orElse(""));
        }
        var parsed = parse(url);
        var entry = Optional.ofNullable(parsed.getRawUserInfo()).map(info -> info.split(":", 2));
        var query = Optional.ofNullable(parsed.getRawQuery()).map(text -> "?" + text);
        var port = parsed.getPort() < 0 ? "" : ":" + parsed.getPort();
        return new DatabaseServer(
                "jdbc:postgresql://" + parsed.getHost() + port + parsed.getRawPath() + query.orElse(""),
                user.or(() -> entry.map(words -> decode(words[0]))).orElse("kefuhub"),
                password.or(() -> entry.filter(words -> words.length > 1).map(words -> decode(words[1])))
                        .orElse(""));
    }

    private static URI parse(String url) {
        try {
            var parsed = URI.create(url);
            if (parsed.getHost() != null) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the value: it may hold a password.
        }
        throw new ConfigException(KEY, ALLOWED);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("\\?.*", "");
    }
}
