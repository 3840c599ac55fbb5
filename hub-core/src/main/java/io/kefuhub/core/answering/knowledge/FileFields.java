package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
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
                        .orElseThrow(() -> new EntryContent.Unfit(
                                "language",
                                new Words(
                                                "the language \"%s\" is not known; write zh, en or any",
                                                "不认识语言“%s”；请写 zh、en 或 any")
                                        .with(text.strip())));
        };
    }

    Reach reach(String audience, String channels) {
        return new Reach(audience(audience), List.of(channels.split("[,，、\\s]+")));
    }

    private static Audience audience(String text) {
        return switch (text.strip()) {
            case "", "所有人" -> Audience.ALL;
            case "未登录" -> Audience.ANONYMOUS;
            case "已登录" -> Audience.SIGNED_IN;
            default ->
                Audience.of(text)
                        .orElseThrow(() -> new EntryContent.Unfit(
                                "audience",
                                new Words(
                                                "the audience \"%s\" is not known; write all, anonymous or signed-in",
                                                "不认识适用客户“%s”；请写 all（所有人）、anonymous（未登录）或 signed-in（已登录）")
                                        .with(text.strip())));
        };
    }

    boolean enabled(String text) {
        var word = text.strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty() || YES.contains(word)) return true;
        if (NO.contains(word)) return false;
        throw new EntryContent.Unfit(
                "enabled", new Words("\"%s\" is neither yes nor no", "“%s”既不是“是”也不是“否”").with(text.strip()));
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
            throw new EntryContent.Unfit(
                    "validity",
                    new Words(
                                    "\"%s\" is not a date; write 2026-12-31 or 2026-12-31T18:00:00+08:00",
                                    "“%s”不是日期；请写成 2026-12-31 或 2026-12-31T18:00:00+08:00")
                            .with(bare),
                    e);
        }
    }

    static String text(Instant moment) {
        return moment.equals(Instant.MIN) || moment.equals(Instant.MAX) ? "" : moment.toString();
    }

    static String text(boolean enabled) {
        return enabled ? "yes" : "no";
    }
}
