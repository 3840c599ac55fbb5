package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How well reworded questions find their entry, measured on labelled questions to the demo knowledge. The thresholds
 * were chosen with {@code reworded.tsv}; {@code unseen.tsv} was written afterwards.
 */
class RewordedQuestionsTest {
    private final KnowledgeIndex index = KnowledgeIndex.of(DemoEntries.entries());

    @Test
    void no_reworded_question_gets_a_wrong_answer_and_most_get_the_right_one() {
        var measured = measure("reworded.tsv");

        assertThat(measured.wrong).as("answered wrongly").isEmpty();
        assertThat(measured.share(measured.right)).isGreaterThan(0.74);
        assertThat(measured.share(measured.offered)).isGreaterThan(0.92);
        assertThat(measured.mustNot).isGreaterThan(80);
    }

    @Test
    void questions_that_nothing_was_tuned_with_are_answered_wrongly_far_less_often_than_missed() {
        var measured = measure("unseen.tsv");

        assertThat(measured.wrong)
                .as("answered wrongly")
                .hasSizeLessThanOrEqualTo(2)
                .hasSizeLessThan(measured.answerable - measured.right);
        assertThat(measured.share(measured.right)).isGreaterThan(0.70);
        assertThat(measured.share(measured.offered)).isGreaterThan(0.92);
    }

    private Measured measure(String file) {
        var measured = new Measured();
        DemoEntries.text(file)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\t"))
                .forEach(cells -> measured.add(EntryLanguage.of(cells[0]).orElseThrow(), cells[1], cells[2]));
        return measured;
    }

    private final class Measured {
        private final List<String> wrong = new ArrayList<>();
        private int answerable;
        private int mustNot;
        private int right;
        private int offered;

        void add(EntryLanguage language, String question, String expected) {
            var found = index.ask(
                            DemoEntries.DESK, Asker.anybody(language), question, DemoEntries.NOW, SearchRules.USUAL)
                    .found();
            if (expected.startsWith("-")) mustNot++;
            else answerable++;
            switch (found) {
                case Found.Direct(var entry, var _, var _, var _) -> {
                    boolean hit = entry.content().question().equals(expected);
                    if (!hit) {
                        wrong.add(question + " -> " + entry.content().question());
                        return;
                    }
                    right++;
                    offered++;
                }
                case Found.Near(var menu) -> {
                    boolean among = menu.stream()
                            .anyMatch(one -> one.entry().content().question().equals(expected));
                    if (among) offered++;
                }
                case Found.Nothing() -> {}
            }
        }

        double share(int count) {
            return (double) count / answerable;
        }
    }
}
