package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileFormatTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @EnumSource
    void what_is_written_is_read_back_unchanged(FileFormat format) {
        var entries = List.of(
                EntryContent.of(EntryLanguage.ZH, "怎么退货？", List.of("我想退货", "\"退\"货,行吗"), "第一段\n\n第二段"),
                EntryContent.of(
                        EntryLanguage.ANY,
                        "=1+1",
                        List.of("@home", "'=x", "- dash"),
                        "- a list\n- of two\n\n## not a question\n\\## nor this"),
                EntryContent.of(
                        EntryLanguage.EN, "+44 numbers?", List.of(), "-1, \"quoted\"; 'single'\n=cmd|' /C calc'!A0"),
                new EntryContent(
                        EntryLanguage.EN,
                        "Sale?",
                        List.of("<!-- no comment -->"),
                        "---\nlanguage: zh\n---",
                        new Validity(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-12T15:30:00Z")),
                        new Reach(Audience.SIGNED_IN, List.of("web", "wecom-1")),
                        false));

        var read = format.read(format.write(entries), SHANGHAI);

        assertThat(read.problems()).isEmpty();
        assertThat(read.contents()).isEqualTo(entries);
    }

    @ParameterizedTest
    @EnumSource
    void the_demo_survives_the_journey(FileFormat format) {
        for (var file : List.of("songlin.zh.md", "songlin.en.md")) {
            var contents = DemoEntries.read(file);
            assertThat(contents.problems()).isEmpty();
            assertThat(contents.contents()).hasSizeGreaterThanOrEqualTo(40);

            assertThat(format.read(format.write(contents.contents()), SHANGHAI).contents())
                    .isEqualTo(contents.contents());
        }
    }

    @Test
    void no_cell_of_a_table_can_run_as_a_formula() {
        var csv = FileFormat.CSV.write(List.of(
                EntryContent.of(EntryLanguage.EN, "=HYPERLINK(\"x\")", List.of("+1"), "@SUM(A1)"),
                EntryContent.of(EntryLanguage.EN, "-2+3", List.of(), "=cmd|' /C calc'!A0")));

        assertThat(csv).contains("'=HYPERLINK", "'+1", "'@SUM", "'-2+3", "'=cmd");
    }

    @Test
    void a_table_saved_by_a_chinese_spreadsheet_is_understood() {
        var csv = "问题,相似问题,答案,语言,启用,生效时间,适用客户,适用渠道\r\n怎么退货,\"我想退货\n退货流程\",七天内可退,中文,是,2026-11-01,已登录,web、wecom\r\n";

        var read = FileFormat.CSV.read(csv.getBytes(Charset.forName("GB18030")), SHANGHAI);

        assertThat(read.problems()).isEmpty();
        assertThat(read.contents())
                .containsExactly(new EntryContent(
                        EntryLanguage.ZH,
                        "怎么退货",
                        List.of("我想退货", "退货流程"),
                        "七天内可退",
                        new Validity(Instant.parse("2026-10-31T16:00:00Z"), Instant.MAX),
                        new Reach(Audience.SIGNED_IN, List.of("web", "wecom")),
                        true));
    }

    @Test
    void problems_in_a_table_name_the_line_and_what_to_do() {
        var csv =
                "question,answer,enabled,valid_from\n\"two\nlines\",a,yes,\nq,,,\nq2,a,perhaps,\nq3,a,,tomorrow\nQ3?,a,,\nq3!,b,,\n";

        var read = FileFormat.CSV.read(csv, SHANGHAI);

        assertThat(read.problems()).extracting(FileProblem::line).containsExactly(4, 5, 6, 8);
        assertThat(read.problems())
                .extracting(problem -> problem.words().en())
                .anySatisfy(message -> assertThat(message).contains("\"tomorrow\" is not a date; write 2026-12-31"));
        assertThat(read.problems().getLast().words().en()).contains("already asked in line 7");
    }

    @Test
    void a_table_without_its_columns_says_which() {
        assertThat(FileFormat.CSV.read("a,b\n1,2\n", SHANGHAI).problems())
                .extracting(problem -> problem.words().en())
                .anySatisfy(message -> assertThat(message).contains("no column \"question\""));
        assertThat(FileFormat.CSV.read("", SHANGHAI).problems()).hasSize(1);
        assertThat(FileFormat.CSV.read("question,answer\n\"open,a\n", SHANGHAI).problems())
                .hasSize(1);
    }

    @Test
    void problems_in_markdown_name_the_line_and_what_to_do() {
        var text = "---\nlanguage: zh\ncolour: red\n---\n## 没有答案\n- 一\n## 好的\n<!-- enabled: maybe -->\n\n答案\n";

        var read = FileFormat.MARKDOWN.read(text, SHANGHAI);

        assertThat(read.problems()).extracting(FileProblem::line).containsExactly(3, 5, 7);
        assertThat(read.problems().get(1).words().en()).contains("the answer is missing; write it below");
        assertThat(FileFormat.MARKDOWN.read("just text", SHANGHAI).problems()).hasSize(1);
    }
}
