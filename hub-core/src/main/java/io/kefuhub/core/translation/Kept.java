package io.kefuhub.core.translation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a translation must not alter: numbers, prices, links, order numbers, addresses, placeholders and emoji of a text,
 * each as it is written and as often as it is there. Immutable.
 */
record Kept(Map<String, Integer> counts, String rest) {
    private static final Pattern LINK = Pattern.compile("(?i)(?<![a-z0-9])(?:https?://|www\\.)"
            + "[^\\s\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}，。！？；：、（）《》“”‘’「」\"<>]+");
    private static final Pattern LINK_END = Pattern.compile("[.,;:!?)\\]}'*]+$");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\[[A-Za-z][A-Za-z_-]*\\d+]|\\$?\\{\\{?[\\w.-]{1,40}}?}|%[sd]\\b");
    private static final String SIGNS = "$€£¥₩₫฿₽₹₺₴₱";
    private static final String NUMBER =
            "(?<![A-Za-z0-9])(?:(?<=^|[\\s" + SIGNS + "(])[+-])?" + "[A-Za-z\\p{Nd}]+(?:[.,:/_'-][A-Za-z\\p{Nd}]+)*";
    private static final Pattern PRICE_OR_NUMBER =
            Pattern.compile("([" + SIGNS + "]\\s?)?(" + NUMBER + ")(\\s?[%‰]|\\s?[" + SIGNS + "](?!\\s?\\p{Nd}))?");
    private static final Pattern HAS_DIGIT = Pattern.compile(".*\\p{Nd}.*");
    private static final Pattern SPAN =
            Pattern.compile("(\\p{Nd}{1,3}|\\p{Nd}{1,2}:\\p{Nd}{2})-(\\p{Nd}{1,3}|\\p{Nd}{1,2}:\\p{Nd}{2})");
    /** A number with its unit or ending, such as 3kg, 5pm or 20th. */
    private static final Pattern WITH_UNIT = Pattern.compile("([+-]?\\p{Nd}[\\p{Nd}.,:]*?)[a-z]{1,3}");

    private static final Pattern WORD_BEFORE = Pattern.compile("^(?:[A-Za-z]+[.:']|[a-z]+-)+(?=.*\\p{Nd})");
    private static final Pattern WORD_BEHIND = Pattern.compile("(?<=\\p{Nd})(?:[.:'][A-Za-z]+|-[a-z]+)+$");

    static Kept of(String text) {
        var found = new LinkedHashMap<String, Integer>();
        var rest = plain(text);
        rest = take(
                rest,
                LINK,
                found,
                match -> List.of(LINK_END.matcher(match.group()).replaceFirst("")));
        rest = take(rest, ADDRESS, found, match -> List.of(match.group()));
        rest = take(rest, PLACEHOLDER, found, match -> List.of(match.group()));
        rest = take(rest, PRICE_OR_NUMBER, found, Kept::numbers);
        emoji(rest, found);
        return new Kept(found, rest);
    }

    /** Whether anything but what must stay is said in it. */
    boolean hasWords() {
        return rest.codePoints().anyMatch(Character::isLetter);
    }

    /** Written narrow, and with one kind of dash, so that only what reads otherwise differs. */
    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= '！' && c <= '～') c -= 0xFEE0;
            else if (c == '￥') c = '¥';
            else if (c == '’') c = '\'';
            else if (c == '−' || c == '–' || c == '—') c = '-';
            else if (c == '\u00a0' || c == '\u202f' || c == '　') c = ' ';
            if (c == '~' && i > 0 && Character.isDigit(text.charAt(i - 1))) c = '-';
            plain.append(c);
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    private interface Reading {
        List<String> of(MatchResult match);
    }

    private static String take(String text, Pattern pattern, Map<String, Integer> found, Reading reading) {
        return pattern.matcher(text).replaceAll(match -> {
            var facts = reading.of(match);
            if (facts.isEmpty()) return java.util.regex.Matcher.quoteReplacement(match.group());
            facts.forEach(fact -> found.merge(fact, 1, Integer::sum));
            return " ";
        });
    }

    private static List<String> numbers(MatchResult match) {
        var token = match.group(2);
        if (!HAS_DIGIT.matcher(token).matches()) return List.of();
        token = WORD_BEHIND.matcher(WORD_BEFORE.matcher(token).replaceFirst("")).replaceFirst("");
        var unit = WITH_UNIT.matcher(token);
        if (unit.matches()) token = unit.group(1);
        var before = match.group(1) == null ? "" : match.group(1).strip();
        var behind = match.group(3) == null ? "" : match.group(3).strip();
        var span = SPAN.matcher(token);
        if (before.isEmpty() && behind.isEmpty() && span.matches()) return List.of(span.group(1), span.group(2));
        return List.of(before + token + behind);
    }

    private static void emoji(String text, Map<String, Integer> found) {
        var all = new ArrayList<String>();
        text.codePoints().forEach(sign -> {
            if (sign > 0x2190
                    && (Character.isEmojiPresentation(sign)
                            || Character.isExtendedPictographic(sign)
                            || Character.isEmojiModifier(sign))
                    && sign != 0x2122) {
                all.add(Character.toString(sign));
            }
        });
        all.forEach(sign -> found.merge(sign, 1, Integer::sum));
    }
}
