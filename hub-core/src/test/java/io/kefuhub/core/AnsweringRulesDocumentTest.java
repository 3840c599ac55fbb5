package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/answering-rules.md says of each rule is what the hub takes. */
class AnsweringRulesDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/answering-rules.md");
    private static final String BEGINNING = "<!-- rules: kept as they are in the hub by a test -->\n";
    private static final String END = "<!-- /rules -->";

    @Test
    void the_document_has_every_rule_with_its_unit_bounds_and_meaning() throws IOException {
        var document = Files.readString(DOCUMENT);

        var from = document.indexOf(BEGINNING) + BEGINNING.length();
        assertThat(document.substring(from, document.indexOf(END))).isEqualTo(tables());
    }

    @Test
    void every_rule_has_a_name_of_its_own_and_says_what_it_decides_in_both_languages() {
        var keys = new HashSet<String>();
        for (var group : AnsweringRules.BOOK.groups()) {
            assertThat(group.title().zh()).matches(".*\\p{IsHan}.*");
            for (var rule : group.rules()) {
                assertThat(keys.add(rule.key())).as(rule.key()).isTrue();
                assertThat(rule.meaning().en())
                        .as(rule.key())
                        .doesNotMatch(".*\\p{IsHan}.*")
                        .doesNotEndWith(".");
                assertThat(rule.meaning().zh())
                        .as(rule.key())
                        .matches(".*\\p{IsHan}.*")
                        .doesNotEndWith("。");
            }
            assertThat(group.rules()).isNotEmpty();
        }
    }

    private static String tables() {
        return AnsweringRules.BOOK.groups().stream()
                .map(AnsweringRulesDocumentTest::table)
                .collect(Collectors.joining());
    }

    private static String table(RuleGroup group) {
        var rows = group.rules().stream()
                .map(rule -> "| `%s` | %s | %s | %s to %s | %s |\n"
                        .formatted(
                                rule.name(),
                                rule.unit().key(),
                                rule.write(RuleValues.USUAL.of(rule)),
                                rule.write(rule.least()),
                                rule.write(rule.most()),
                                rule.meaning().en()))
                .collect(Collectors.joining());
        return "\n## `" + group.name() + "`: " + group.title().en() + "\n\n"
                + "| Rule | Unit | Usual | Allowed | What it decides |\n|---|---|---|---|---|\n" + rows;
    }
}
