package io.kefuhub.core.answering.knowledge;

import java.util.Map;
import java.util.regex.Pattern;

/** Reads small written numbers as digits where they count something: 七天 as 7天, "seven days" as "7 days". */
public final class Numerals {
    private static final String DIGITS = "零一二三四五六七八九";
    private static final String MEASURES = "(?=天|日|年|个月|月|周|小时|分钟|元|块|件(?!套)|折|倍|公斤|斤|克|米|厘米|套|盒|瓶|号店|级|楼)";
    private static final Pattern CHINESE =
            Pattern.compile("(?<![第每])([一二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九]|一(?=天|日|年|个月|周|小时|折))" + MEASURES);
    private static final Map<String, String> ENGLISH = Map.of(
            "two", "2", "three", "3", "four", "4", "five", "5", "six", "6", "seven", "7", "eight", "8", "nine", "9",
            "ten", "10");
    private static final Pattern ENGLISH_WORD = Pattern.compile("\\b(two|three|four|five|six|seven|eight|nine|ten)\\b");

    private Numerals() {}

    public static String asDigits(String text) {
        var chinese = CHINESE.matcher(text).replaceAll(match -> Integer.toString(value(match.group(1))));
        return ENGLISH_WORD.matcher(chinese).replaceAll(match -> ENGLISH.get(match.group(1)));
    }

    private static int value(String numeral) {
        int ten = numeral.indexOf('十');
        if (ten < 0) return digit(numeral);
        int tens = ten == 0 ? 1 : digit(numeral.substring(0, ten));
        int ones = ten == numeral.length() - 1 ? 0 : digit(numeral.substring(ten + 1));
        return tens * 10 + ones;
    }

    private static int digit(String sign) {
        return sign.equals("两") ? 2 : DIGITS.indexOf(sign);
    }
}
