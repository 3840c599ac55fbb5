package io.kefuhub.core.plugin.life;

import java.util.Comparator;

/** Orders versions such as {@code 1.10.0} and {@code 2.0.0-beta.1}, as semver.org 2.0.0 says in section 11. */
final class Versions {
    static final Comparator<String> ORDER = Versions::compare;

    private Versions() {}

    static boolean isOlder(String one, String other) {
        return compare(one, other) < 0;
    }

    private static int compare(String one, String other) {
        var left = one.split("\\+", 2)[0].split("-", 2);
        var right = other.split("\\+", 2)[0].split("-", 2);
        var numbers = identifiers(left[0], right[0]);
        if (numbers != 0) return numbers;
        // A version with a suffix comes before the one without.
        if (left.length != right.length) return right.length - left.length;
        return left.length == 1 ? 0 : identifiers(left[1], right[1]);
    }

    private static int identifiers(String one, String other) {
        var left = one.split("\\.");
        var right = other.split("\\.");
        for (var i = 0; i < Math.min(left.length, right.length); i++) {
            var order = identifier(left[i], right[i]);
            if (order != 0) return order;
        }
        return left.length - right.length;
    }

    private static int identifier(String one, String other) {
        var left = isNumber(one);
        var right = isNumber(other);
        if (left && right) return one.length() == other.length() ? one.compareTo(other) : one.length() - other.length();
        if (left != right) return left ? -1 : 1;
        return one.compareTo(other);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
