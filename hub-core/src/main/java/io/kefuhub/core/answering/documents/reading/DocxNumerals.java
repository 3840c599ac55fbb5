package io.kefuhub.core.answering.documents.reading;

import java.util.Locale;

/** How numbers of lists are written. */
final class DocxNumerals {
    private static final String[] ROMAN = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    private static final int[] ROMAN_WORTH = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final int MOST_ROMAN = 3_999;
    private static final String CHINESE = "零一二三四五六七八九";
    private static final int MOST_CHINESE = 99;
    private static final int LETTERS = 26;

    private DocxNumerals() {}

    /** @param format as Word names it; what is not known here is written in digits */
    static String written(String format, int number) {
        return switch (format) {
            case "lowerLetter" -> letters(number);
            case "upperLetter" -> letters(number).toUpperCase(Locale.ROOT);
            case "lowerRoman" -> roman(number);
            case "upperRoman" -> roman(number).toUpperCase(Locale.ROOT);
            case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand" ->
                chinese(number);
            case "none" -> "";
            default -> String.valueOf(number);
        };
    }

    /** a to z, then aa to zz. */
    private static String letters(int number) {
        if (number < 1) return String.valueOf(number);
        var letter = String.valueOf((char) ('a' + (number - 1) % LETTERS));
        return letter.repeat(Math.min(3, (number - 1) / LETTERS + 1));
    }

    private static String roman(int number) {
        if (number < 1 || number > MOST_ROMAN) return String.valueOf(number);
        var text = new StringBuilder();
        int left = number;
        for (int at = 0; at < ROMAN.length; at++) {
            for (; left >= ROMAN_WORTH[at]; left -= ROMAN_WORTH[at]) text.append(ROMAN[at]);
        }
        return text.toString();
    }

    private static String chinese(int number) {
        if (number < 0 || number > MOST_CHINESE) return String.valueOf(number);
        if (number < 10) return String.valueOf(CHINESE.charAt(number));
        var tens = number < 20 ? "十" : CHINESE.charAt(number / 10) + "十";
        return number % 10 == 0 ? tens : tens + CHINESE.charAt(number % 10);
    }
}
