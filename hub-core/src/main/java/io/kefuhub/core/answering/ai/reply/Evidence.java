package io.kefuhub.core.answering.ai.reply;

import io.kefuhub.core.answering.knowledge.Numerals;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers, prices, dates, links and phone numbers of a text, in one way of writing. Immutable.
 *
 * <p>1,000 is 1000, ７ is 7, 七天 is 7天, 2026年5月1日 is 2026-05-01. What counts the items of a list is no number.
 */
record Evidence(Set<String> numbers, Set<String> dates, Set<String> phones, Set<String> links) {
    private static final Pattern LINK = Pattern.compile(
            "(?i)\\b(?:https?://[^\\s\\p{IsHan}，。；！？、）】》\"'<>]+|www\\.[^\\s\\p{IsHan}，。；！？、）】》\"'<>]+|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w.])(?:\\+?\\d{1,3}[- ])?(?:\\d{3,4}[- ]\\d{3,4}[- ]\\d{3,4}|0\\d{2,3}[- ]\\d{7,8}|1[3-9]\\d{9})(?![\\w])");
    private static final Pattern FULL_DATE =
            Pattern.compile("(?<!\\d)(\\d{4})\\s?[-/.年]\\s?(\\d{1,2})\\s?[-/.月]\\s?(\\d{1,2})(?:\\s?[日号])?(?!\\d)");
    private static final Pattern DAY = Pattern.compile("(?<!\\d)(\\d{1,2})\\s?月\\s?(\\d{1,2})\\s?[日号]?(?!\\d)");
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec";
    private static final Pattern MONTH_DAY = Pattern.compile(
            "\\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b");
    private static final Pattern DAY_MONTH = Pattern.compile(
            "\\b(\\d{1,2})(?:st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?(?:,? (\\d{4}))?\\b");
    private static final Pattern ITEM = Pattern.compile("(?m)^\\s*(?:[（(]\\d{1,2}[)）]|\\d{1,2}[.、)）](?!\\d)|[-*] )");
    private static final Pattern GROUPED = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

    static Evidence in(String text) {
        var found = new Evidence(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        var rest = Normalizer.normalize(text, Normalizer.Form.NFKC);
        rest = found.takeLinks(rest).toLowerCase(Locale.ROOT);
        rest = ITEM.matcher(rest).replaceAll(" ");
        rest = found.takeDates(rest);
        rest = found.takePhones(rest);
        rest = GROUPED.matcher(Numerals.asDigits(rest)).replaceAll("");
        NUMBER.matcher(rest).results().forEach(number -> found.numbers.add(plain(number.group())));
        return found;
    }

    /** All that stands in either. */
    Evidence and(Evidence other) {
        return new Evidence(
                both(numbers, other.numbers),
                both(dates, other.dates),
                both(phones, other.phones),
                both(links, other.links));
    }

    /** Whether all of another text's stands here too. */
    boolean holds(Evidence other) {
        return numbers.containsAll(other.numbers)
                && phones.stream().toList().containsAll(other.phones)
                && links.containsAll(other.links)
                && other.dates.stream().allMatch(this::holdsDate);
    }

    /** A day without a year is that day of any year; a year must be the same. */
    private boolean holdsDate(String date) {
        return dates.stream()
                .anyMatch(known -> known.equals(date)
                        || (date.length() == 5 && known.endsWith(date))
                        || (known.length() == 5 && date.endsWith(known) && numbers.contains(date.substring(0, 4))));
    }

    private String takeLinks(String text) {
        return LINK.matcher(text).replaceAll(link -> {
            var bare = link.group().replaceAll("[.,;:!?)\\]/]+$", "");
            links.add(bare.replaceFirst("(?i)^https?://", "").toLowerCase(Locale.ROOT));
            return " ";
        });
    }

    private String takePhones(String text) {
        return PHONE.matcher(text).replaceAll(phone -> {
            phones.add(phone.group().replaceAll("\\D", ""));
            return " ";
        });
    }

    private String takeDates(String text) {
        var rest = FULL_DATE.matcher(text).replaceAll(date -> date(date.group(1), date.group(2), date.group(3)));
        rest = DAY.matcher(rest).replaceAll(date -> date("", date.group(1), date.group(2)));
        rest = MONTH_DAY.matcher(rest).replaceAll(date -> date(date.group(3), month(date.group(1)), date.group(2)));
        return DAY_MONTH.matcher(rest).replaceAll(date -> date(date.group(3), month(date.group(2)), date.group(1)));
    }

    private String date(@org.jspecify.annotations.Nullable String year, String month, String day) {
        var found = "%2s-%2s".formatted(month, day).replace(' ', '0');
        if (year == null || year.isEmpty()) {
            dates.add(found);
        } else {
            dates.add(year + "-" + found);
        }
        return Matcher.quoteReplacement(" ");
    }

    private static String month(String name) {
        return Integer.toString(MONTHS.indexOf(name) / 4 + 1);
    }

    private static String plain(String number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
