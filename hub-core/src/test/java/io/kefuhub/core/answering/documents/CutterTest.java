package io.kefuhub.core.answering.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.documents.reading.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutterTest {
    @Test
    void a_short_section_is_one_piece_under_its_headings() {
        var pieces = Cutter.cut(List.of(
                new Block(1, 1, "退货"),
                new Block(2, 1, "七天以内"),
                new Block(0, 1, "签收后七天内可以退货。"),
                new Block(0, 1, "商品须完好。"),
                new Block(2, 2, "超过七天"),
                new Block(0, 2, "质量问题才可以退。")));

        assertThat(pieces)
                .containsExactly(
                        new Piece(List.of("退货", "七天以内"), 1, "签收后七天内可以退货。\n商品须完好。"),
                        new Piece(List.of("退货", "超过七天"), 2, "质量问题才可以退。"));
    }

    @Test
    void a_heading_of_a_higher_level_ends_all_below_it() {
        var pieces = Cutter.cut(
                List.of(new Block(1, 0, "一"), new Block(3, 0, "三"), new Block(1, 0, "二"), new Block(0, 0, "内容。")));

        assertThat(pieces).containsExactly(new Piece(List.of("二"), 0, "内容。"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "这是第%d句话，它不长也不短，正好说完一件事情。",
                "This is sentence %d, neither long nor short, and it says one thing. "
            })
    void a_long_paragraph_is_cut_at_sentence_ends_with_some_words_said_twice(String sentence) {
        var sentences = IntStream.range(0, 80)
                .mapToObj(number -> sentence.formatted(number).strip())
                .toList();

        var pieces = Cutter.cut(List.of(new Block(0, 3, String.join(" ", sentences))));

        assertThat(pieces).hasSizeGreaterThan(3);
        for (int at = 0; at < pieces.size(); at++) {
            var text = pieces.get(at).text();
            assertThat(text.length()).isLessThanOrEqualTo(Cutter.MOST);
            assertThat(text).matches("(?s).*[。.]");
            assertThat(pieces.get(at).page()).isEqualTo(3);
            if (at == pieces.size() - 1) continue;
            assertThat(text.length()).isGreaterThanOrEqualTo(Cutter.LEAST);
            var next = pieces.get(at + 1).text();
            assertThat(overlap(text, next)).isBetween(10, Cutter.OVERLAP);
        }
        var all = String.join("\n", pieces.stream().map(Piece::text).toList());
        assertThat(sentences).allSatisfy(one -> assertThat(all).contains(one));
    }

    @Test
    void nothing_is_lost_of_what_has_no_end_anywhere() {
        var endless = "𠮷".repeat(5_000);

        var pieces = Cutter.cut(List.of(new Block(0, 0, endless)));

        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.text().length()).isLessThanOrEqualTo(Cutter.MOST);
            assertThat(piece.text().codePoints()).allMatch(sign -> sign == "𠮷".codePointAt(0));
        });
        assertThat(pieces.stream().mapToInt(piece -> piece.text().length()).sum())
                .isGreaterThanOrEqualTo(endless.length());
    }

    @Test
    void paragraphs_are_kept_together_until_there_are_enough() {
        var blocks = new ArrayList<Block>();
        for (int number = 0; number < 12; number++)
            blocks.add(new Block(0, number + 1, "段落" + number + "。" + "字".repeat(80) + "。"));

        var pieces = Cutter.cut(blocks);

        assertThat(pieces).allSatisfy(piece -> assertThat(piece.text()).endsWith("字。"));
        assertThat(pieces).extracting(Piece::page).containsExactly(1, 5, 8, 11);
    }

    private static int overlap(String one, String next) {
        for (int length = Math.min(Cutter.OVERLAP, next.length()); length > 0; length--) {
            if (one.endsWith(next.substring(0, length).strip())
                    && !next.substring(0, length).isBlank()) return length;
        }
        return 0;
    }
}
