package io.kefuhub.core.answering.knowledge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The fields of an entry as files spell them.
 *
 * @param zone where dates without a time begin
 */
record FileFields(ZoneId zone) {
    private static final List<String> YES = List.of("yes", "true", "1", "on", "是", "启用");
    private static final List<String> NO = List.of("no", "false", "0", "off", "否", "停用");

    EntryLanguage language(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "" -> EntryLanguage.ANY;
            case "中文" -> EntryLanguage.ZH;
            case "英文" -> EntryLanguage.EN;
            default ->
                EntryLanguage.of(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the language \"%s\" is not known; write zh, en or any".formatted(text.strip())));
        };
    }

    boolean enabled(String text) {
        var word = text.strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty() || YES.contains(word)) return true;
        if (NO.contains(word)) return false;
        throw new IllegalArgumentException("\"%s\" is neither yes nor no".formatted(text.strip()));
    }

    Validity validity(String from, String until) {
        return new Validity(moment(from, Instant.MIN), moment(until, Instant.MAX));
    }

    private Instant moment(String text, Instant open) {
        var bare = text.strip();
        if (bare.isEmpty()) return open;
        try {
            return bare.length() <= 10
                    ? LocalDate.parse(bare).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(bare).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a date; write 2026-12-31 or 2026-12-31T18:00:00+08:00".formatted(bare), e);
        }
    }

    static String text(Instant moment) {
        return moment.equals(Instant.MIN) || moment.equals(Instant.MAX) ? "" : moment.toString();
    }

    static String text(boolean enabled) {
        return enabled ? "yes" : "no";
    }
}
