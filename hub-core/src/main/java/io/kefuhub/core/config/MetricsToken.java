package io.kefuhub.core.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What opens the metrics from elsewhere; long enough that nobody guesses it, and fit for a header. */
public record MetricsToken(String value) {
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._~+/=-]{16,200}");
    private static final String KEY = "KEFUHUB_METRICS_TOKEN";

    static Optional<MetricsToken> from(Values values) {
        return values.secret(KEY).map(value -> {
            if (FIT.matcher(value).matches()) return new MetricsToken(value);
            throw new ConfigException(KEY, "must be 16 to 200 letters, digits and . _ ~ + / = -");
        });
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "a token";
    }
}
