package io.kefuhub.core.answering.ai.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredTextTest {
    private static final String REPLY =
            "{\"answer\": \"您好，\\n\\\"7 天\\\"内可退。\\ud83d\\ude00 \\u00e9\", \"kind\": \"answer\", \"citations\": [\"1\", \"answer\"]}";
    private static final String ANSWER = "您好，\n\"7 天\"内可退。😀 é";

    @Test
    void the_answer_grows_wherever_the_object_is_cut_into_pieces() {
        for (var piece = 1; piece < REPLY.length(); piece++) {
            var reader = new StructuredText();
            var before = "";
            for (var at = 0; at < REPLY.length(); at += piece) {
                reader.add(REPLY.substring(at, Math.min(REPLY.length(), at + piece)));
                assertThat(reader.text()).as("pieces of %s", piece).startsWith(before);
                assertThat(ANSWER).startsWith(reader.text());
                before = reader.text();
            }
            assertThat(before).isEqualTo(ANSWER);
        }
    }

    @Test
    void an_answer_is_there_before_the_object_is_complete() {
        var reader = new StructuredText();

        assertThat(reader.add("{\"answer\":\"Within")).isTrue();
        assertThat(reader.text()).isEqualTo("Within");
        assertThat(reader.add(" 7")).isTrue();
        assertThat(reader.text()).isEqualTo("Within 7");
    }

    @Test
    void other_fields_and_deeper_ones_of_the_same_name_are_not_the_answer() {
        var reader = new StructuredText();

        reader.add(
                "{\"notes\":{\"answer\":\"no\"},\"list\":[\"answer\",{\"answer\":\"no\"}],\"kind\":\"answer\",\"answer\":\"yes\"}");

        assertThat(reader.text()).isEqualTo("yes");
    }

    @Test
    void a_fence_around_the_object_is_passed_over() {
        var reader = new StructuredText();

        reader.add("```json\n{\"answer\": \"yes\"}\n```");

        assertThat(reader.text()).isEqualTo("yes");
    }

    @Test
    void plain_text_is_the_answer_itself() {
        var reader = new StructuredText();

        reader.add("Within ");
        reader.add("7 days.");

        assertThat(reader.text()).isEqualTo("Within 7 days.");
    }

    @Test
    void the_fields_of_a_whole_reply_are_read() {
        var said = Structured.read(
                        "{\"answer\":\"a\",\"kind\":\"question\",\"handover\":true,\"confidence\":1.7,\"citations\":[\"2\",1,\"[2]\"]}")
                .orElseThrow();

        assertThat(said.kind()).isEqualTo(Structured.Kind.QUESTION);
        assertThat(said.handOver()).isTrue();
        assertThat(said.confidence()).contains(1.0);
        assertThat(said.citations()).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{\"answer\":\"half",
                "{\"other\":\"field\"}",
                "{}",
                "{\"answer\":\"\"}",
                "```json\n{"
            })
    void what_says_nothing_is_no_answer_and_json_is_never_shown(String reply) {
        assertThat(Structured.read(reply)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Sure. {\"answer\":\"yes\"}', yes",
        "'In 7 days.', In 7 days.",
        "'{\"answer\":\"a\",\"unknown\":[1,{}]}', a"
    })
    void what_stands_around_the_object_does_not_matter(String reply, String answer) {
        assertThat(Structured.read(reply).orElseThrow().answer()).isEqualTo(answer);
    }

    @Test
    void of_a_reply_that_broke_the_text_is_left() {
        assertThat(Structured.broken("{\"answer\":\"One. Tw").orElseThrow().answer())
                .isEqualTo("One. Tw");
        assertThat(Structured.broken("{\"ans")).isEmpty();
    }
}
