package io.kefuhub.ai.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThoughtsTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            plain                        | '' | plain
            <think>a</think>b            | a  | b
            ' <think>a</think> b <think>'| a  | b <think>
            <thin                        | '' | <thin
            <b>bold</b>                  | '' | <b>bold</b>
            <think>never ended           | never ended | ''
            <think>a < b</thin           | a < b</thin | ''
            <think></think>b             | '' | b
            """)
    void are_told_from_the_answer_however_they_are_cut(String text, String thoughts, String answer) {
        for (var size = 1; size <= text.length(); size++) {
            var heard = new Heard();
            var reader = new Thoughts(new AnswerSoFar.Heard() {
                @Override
                public void content(String piece) {
                    heard.content(piece);
                }

                @Override
                public void reasoning(String piece) {
                    heard.reasoning(piece);
                }
            });

            for (var from = 0; from < text.length(); from += size) {
                reader.piece(text.substring(from, Math.min(text.length(), from + size)));
            }
            reader.end();

            assertThat(heard.thoughts()).isEqualTo(thoughts);
            assertThat(heard.text()).isEqualTo(answer);
        }
    }
}
