package io.kefuhub.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and files may write of rules, and what they are told when it cannot be. */
class RuleBookTest {
    private static final Rule FIRST = Unit.TIME.rule("wait.first", "1500ms", "0s", "10s", "first", "先");
    private static final Rule LAST = Unit.TIME.rule("wait.last", "25s", "1s", "2h", "last", "后");
    private static final Rule NEAR = Unit.SHARE.rule("wait.near", "0.85", "0", "1", "near", "近");
    private static final Rule NIGHT = Unit.HOUR.rule("wait.night", "03:15", "00:00", "23:59", "night", "夜");
    private static final Rule ROOM = Unit.TOKENS.rule("wait.room", "1800", "200", "50000", "room", "量");
    private static final RuleBook BOOK = new RuleBook(List.of(new RuleGroup(
            "wait",
            new Words("Wait", "等待"),
            List.of(FIRST, LAST, NEAR, NIGHT, ROOM),
            List.of(new RuleGroup.Pair(FIRST, LAST)))));

    @Test
    void what_is_not_named_is_as_usual() {
        var values = fit(Map.of("wait", Map.of("last", "30s")));

        assertThat(values.time(FIRST)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(values.time(LAST)).isEqualTo(Duration.ofSeconds(30));
        assertThat(values.share(NEAR)).isEqualTo(0.85);
        assertThat(values.hour(NIGHT)).isEqualTo(LocalTime.of(3, 15));
        assertThat(fit(Map.of())).isEqualTo(RuleValues.USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "first, 0s, 0s",
        "first, 1.5s, 1500ms",
        "first, 2000ms, 2s",
        "last, 90m, 90m",
        "last, 1.5h, 90m",
        "near, 0.925, 0.925",
        "near, 1, 1",
        "near, 0.90, 0.9",
        "night, 05:00, 05:00",
        "room, 2_000, 2000"
    })
    void what_is_written_is_written_back_in_the_shortest_way(String name, String written, String back) {
        var values = fit(Map.of("wait", Map.of(name, written)));

        var kept = BOOK.write(values).getOrDefault("wait", Map.of());
        assertThat(kept.getOrDefault(name, "1500ms")).isEqualTo(back);
        assertThat(fit(BOOK.write(values))).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({
        "first, 11s, 'wait.first cannot be \"11s\". From 0s to 10s is allowed.', 'wait.first 不能设为“11s”。允许的范围是 0s 到 10s。'",
        "first, soon, 'wait.first cannot be \"soon\". Expected is a time such as 800ms, 6s, 5m or 24h; from 0s to 10s is allowed.', 'wait.first 不能设为“soon”。应填写时长，例如 800ms、6s、5m 或 24h；允许的范围是 0s 到 10s。'",
        "near, 1.1, 'wait.near cannot be \"1.1\". From 0 to 1 is allowed.', 'wait.near 不能设为“1.1”。允许的范围是 0 到 1。'",
        "room, 12.5, 'wait.room cannot be \"12.5\". Expected is a whole number; from 200 to 50000 is allowed.', 'wait.room 不能设为“12.5”。应填写整数；允许的范围是 200 到 50000。'",
        "last, 1s, 'wait.first cannot be \"1500ms\". It must not be above wait.last, which is 1s.', 'wait.first 不能设为“1500ms”。它不能大于 wait.last，后者现在是 1s。'",
    })
    void what_cannot_be_is_named_with_what_is_allowed(String name, String written, String en, String zh) {
        var flaw = unfit(Map.of("wait", Map.of(name, written)));

        assertThat(flaw.words()).isEqualTo(new Words(en, zh));
    }

    @Test
    void nothing_is_read_as_something_it_is_not() {
        for (var text : List.of("", "-1s", "1", "1 s", "1e3ms", "0.0001s", "１s", "99999999999999999999s")) {
            assertThat(unfit(Map.of("wait", Map.of("first", text))).field())
                    .as(text)
                    .isEqualTo("wait.first");
        }
        for (var text : List.of("24:00", "3:15", "03:15:30", "night")) {
            assertThat(unfit(Map.of("wait", Map.of("night", text))).field())
                    .as(text)
                    .isEqualTo("wait.night");
        }
        for (var text : List.of("1_00", "_200", "0x200", "٣٠٠", "2e3")) {
            assertThat(unfit(Map.of("wait", Map.of("room", text))).field())
                    .as(text)
                    .isEqualTo("wait.room");
        }
        assertThat(unfit(Map.of("wait", Map.of("near", ".5"))).field()).isEqualTo("wait.near");
    }

    @Test
    void what_there_is_not_is_refused_with_what_there_is() {
        assertThat(unfit(Map.of("weight", Map.of())).words().en())
                .isEqualTo("weight: There is no such group; there are wait.");
        assertThat(unfit(Map.of("wait", Map.of("frist", "1s"))).words().zh())
                .isEqualTo("wait.frist：没有这条规则；可用的有 first, last, near, night, room。");
    }

    private static RuleValues fit(Map<String, Map<String, String>> wanted) {
        return switch (BOOK.read(wanted)) {
            case RuleBook.Read.Fit(var values) -> values;
            case RuleBook.Read.Unfit(var flaw) ->
                throw new AssertionError(flaw.words().en());
        };
    }

    private static RuleFlaw unfit(Map<String, Map<String, String>> wanted) {
        return switch (BOOK.read(wanted)) {
            case RuleBook.Read.Fit(var values) -> throw new AssertionError("it was taken: " + values);
            case RuleBook.Read.Unfit(var flaw) -> flaw;
        };
    }
}
