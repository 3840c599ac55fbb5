package io.kefuhub.ai.exchange;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a provider asks to be left alone. */
public final class RetryAfter {
    private static final Duration MOST = Duration.ofDays(1);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RetryAfter() {}

    /** Reads the headers of an answer; empty when they name no time, and never negative or longer than a day. */
    public static Optional<Duration> of(Map<String, List<String>> headers, Instant now) {
        return header(headers, "retry-after-ms")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofMillis((long) Double.parseDouble(value)))
                .or(() -> header(headers, "retry-after")
                        .flatMap(value -> seconds(value).or(() -> until(value, now))))
                .map(RetryAfter::bounded);
    }

    /** Reads a number of seconds, with an {@code s} behind it or not. */
    public static Optional<Duration> seconds(String text) {
        var number = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        if (!SECONDS.matcher(number).matches()) return Optional.empty();
        return Optional.of(bounded(Duration.ofMillis(Math.round(Double.parseDouble(number) * 1_000))));
    }

    private static Optional<Duration> until(String date, Instant now) {
        try {
            var at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, at));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) return Duration.ZERO;
        return pause.compareTo(MOST) > 0 ? MOST : pause;
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .flatMap(entry -> entry.getValue().stream())
                .map(String::strip)
                .findFirst();
    }
}
