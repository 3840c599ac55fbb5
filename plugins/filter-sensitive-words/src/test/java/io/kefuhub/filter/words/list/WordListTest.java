package io.kefuhub.filter.words.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Stage;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordListTest {
    private static final Entry USUAL =
            new Entry("", "general", 3, Action.MASK, Set.of(Stage.CUSTOMER_IN, Stage.BOT_OUT), Optional.empty());

    private final WordList list = new WordList(USUAL);

    @Test
    void a_plain_line_is_a_word_with_what_is_usual() throws Exception {
        list.add(List.of("\ufeffone", "# a remark", "", "  two  "));

        assertThat(list.entries()).extracting(Entry::text).containsExactly("one", "two");
        assertThat(list.entries().getFirst())
                .isEqualTo(new Entry("one", "general", 3, Action.MASK, USUAL.stages(), Optional.empty()));
    }

    @Test
    void a_table_says_more_of_each() throws Exception {
        list.add(List.of(
                "word,category,level,action,directions,until",
                "\"a, \"\"b\"\"\",advert,5,block,in agent,2027-01-31",
                "发票,广告,2,审核,客户,",
                "/\\d{3},\\d+/"));

        assertThat(list.entries())
                .containsExactly(
                        new Entry(
                                "a, \"b\"",
                                "advert",
                                5,
                                Action.BLOCK,
                                Set.of(Stage.CUSTOMER_IN, Stage.AGENT_OUT),
                                Optional.of(LocalDate.of(2027, 1, 31))),
                        new Entry("发票", "广告", 2, Action.HOLD, Set.of(Stage.CUSTOMER_IN), Optional.empty()),
                        new Entry("/\\d{3},\\d+/", "general", 3, Action.MASK, USUAL.stages(), Optional.empty()));
        assertThat(list.entries().getLast().expression()).isEqualTo("\\d{3},\\d+");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ,x                     | line 2: the word is missing                          | 第 2 行：缺少词语
            a,b,6                  | line 2: a level from 1 to 5 is expected, not 6       | 第 2 行：级别应为 1 至 5，而不是 6
            a,b,1,burn             | line 2: note, mask, hold or block is expected, not burn | 第 2 行：处理方式应为记录、打码、审核或拦截，而不是 burn
            a,b,1,mask,sideways    | line 2: in, out or agent is expected, not sideways   | 第 2 行：方向应为客户、机器人或客服，而不是 sideways
            a,b,1,mask,in,tomorrow | line 2: a day such as 2027-01-31 is expected, not tomorrow | 第 2 行：日期应写作 2027-01-31 的形式，而不是 tomorrow
            "a,b                   | line 2: a quotation mark is not closed               | 第 2 行：引号没有成对
            """)
    void a_line_that_cannot_be_read_is_named(String line, String problem, String chinese) {
        assertThatThrownBy(() -> list.add(List.of("fine", line)))
                .hasMessage(problem)
                .isInstanceOfSatisfying(
                        WordList.BadLine.class,
                        bad -> assertThat(bad.words().in(Language.ZH_CN)).isEqualTo(chinese));
    }

    @Test
    void an_entry_counts_up_to_its_last_day() {
        var entry = new Entry("a", "b", 1, Action.NOTE, USUAL.stages(), Optional.of(LocalDate.of(2026, 12, 31)));

        assertThat(entry.isInForce(LocalDate.of(2026, 12, 31))).isTrue();
        assertThat(entry.isInForce(LocalDate.of(2027, 1, 1))).isFalse();
    }
}
