package io.kefuhub.core.rules;

import io.kefuhub.core.web.Words;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a rule is counted in, and how that is written. */
public enum Unit {
    /** In milliseconds. */
    TIME("a time such as 800ms, 6s, 5m or 24h", "时长，例如 800ms、6s、5m 或 24h") {
        @Override
        OptionalLong read(String text) {
            var match = WRITTEN_TIME.matcher(text);
            if (!match.matches()) return OptionalLong.empty();
            var each = switch (match.group(2)) {
                case "ms" -> 1;
                case "s" -> A_SECOND;
                case "m" -> A_MINUTE;
                default -> AN_HOUR;
            };
            return whole(new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(each)));
        }

        @Override
        String write(long value) {
            if (value == 0) return "0s";
            if (value % AN_HOUR == 0) return value / AN_HOUR + "h";
            if (value % A_MINUTE == 0 && value > A_MINUTE) return value / A_MINUTE + "m";
            return value % A_SECOND == 0 ? value / A_SECOND + "s" : value + "ms";
        }
    },
    /** In thousandths. */
    SHARE("a number such as 0.85", "小数，例如 0.85") {
        @Override
        OptionalLong read(String text) {
            return NUMBER_WITH_POINT.matcher(text).matches()
                    ? whole(new BigDecimal(text).movePointRight(3))
                    : OptionalLong.empty();
        }

        @Override
        String write(long value) {
            var share = BigDecimal.valueOf(value, 3).stripTrailingZeros();
            return share.scale() < 0 ? share.setScale(0).toPlainString() : share.toPlainString();
        }
    },
    /** In minutes of the day. */
    HOUR("a time of day such as 03:15", "一天中的时刻，例如 03:15") {
        @Override
        OptionalLong read(String text) {
            try {
                var time = LocalTime.parse(text);
                return time.getSecond() == 0 && time.getNano() == 0
                        ? OptionalLong.of(time.getHour() * 60L + time.getMinute())
                        : OptionalLong.empty();
            } catch (DateTimeParseException e) {
                return OptionalLong.empty();
            }
        }

        @Override
        String write(long value) {
            return "%02d:%02d".formatted(value / 60, value % 60);
        }
    },
    PERCENT,
    TOKENS,
    CHARACTERS,
    MEBIBYTES,
    NUMBER;

    private static final long A_SECOND = 1_000;
    private static final long A_MINUTE = 60 * A_SECOND;
    private static final long AN_HOUR = 60 * A_MINUTE;
    private static final Pattern NUMBER_WITH_POINT = Pattern.compile("\\d{1,12}(?:\\.\\d{1,6})?");
    private static final Pattern WRITTEN_TIME = Pattern.compile("(" + NUMBER_WITH_POINT + ")(ms|s|m|h)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,3}(_?\\d{3}){0,3}|\\d{1,12}");

    private final Words expected;

    Unit() {
        this("a whole number", "整数");
    }

    Unit(String en, String zh) {
        expected = new Words(en, zh);
    }

    /** Reads what somebody wrote; empty when it is nothing of this kind. */
    OptionalLong read(String text) {
        return WHOLE_NUMBER.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text.replace("_", "")))
                : OptionalLong.empty();
    }

    /** The shortest way to write a value. */
    String write(long value) {
        return Long.toString(value);
    }

    /** What is to be written. */
    Words expected() {
        return expected;
    }

    /** As programs call it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Makes a rule of this unit. */
    public Rule rule(String key, String usual, String least, String most, String en, String zh) {
        return new Rule(key, this, known(usual), known(least), known(most), new Words(en, zh));
    }

    private long known(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException(text + " is not " + expected.en()));
    }

    private static OptionalLong whole(BigDecimal value) {
        try {
            return OptionalLong.of(value.longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
