package io.kefuhub.core.translation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Numbers that are written as words: a translation may well write them as figures. */
final class NumberWords {
    private static final Pattern CHINESE = Pattern.compile("[零〇一二两兩三四五六七八九十百千万萬]+");
    private static final String DIGITS = "零一二三四五六七八九";
    private static final Map<String, Long> ENGLISH = new HashMap<>();

    static {
        var small = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
                        + " sixteen seventeen eighteen nineteen twenty")
                .split(" ");
        for (var i = 0; i < small.length; i++) ENGLISH.put(small[i], (long) i);
        ENGLISH.putAll(Map.of("first", 1L, "second", 2L, "third", 3L, "once", 1L, "twice", 2L, "dozen", 12L));
        ENGLISH.putAll(
                Map.of("thirty", 30L, "forty", 40L, "fifty", 50L, "sixty", 60L, "hundred", 100L, "thousand", 1_000L));
    }

    private NumberWords() {}

    /** How often each number is said in words. */
    static Map<String, Integer> in(String text) {
        var found = new HashMap<String, Integer>();
        var chinese = CHINESE.matcher(text);
        while (chinese.find()) {
            found.merge(Long.toString(value(chinese.group())), 1, Integer::sum);
        }
        for (var word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            var value = ENGLISH.get(word);
            if (value != null) found.merge(Long.toString(value), 1, Integer::sum);
        }
        return found;
    }

    private static long value(String word) {
        long whole = 0;
        long part = 0;
        long digit = 0;
        for (var sign : word.toCharArray()) {
            var unit = switch (sign) {
                case '十' -> 10;
                case '百' -> 100;
                case '千' -> 1_000;
                case '万', '萬' -> 10_000;
                default -> 0;
            };
            if (unit == 0) {
                digit = sign == '两' || sign == '兩' ? 2 : Math.max(0, DIGITS.indexOf(sign));
            } else if (unit == 10_000) {
                whole = (part + digit) * unit;
                part = 0;
                digit = 0;
            } else {
                part += Math.max(1, digit) * unit;
                digit = 0;
            }
        }
        return whole + part + digit;
    }
}
