package io.kefuhub.filter.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.kit.SomeFacts;
import io.kefuhub.filter.words.list.Action;
import io.kefuhub.filter.words.list.Entry;
import io.kefuhub.filter.words.list.WordList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that come with the plugin: what they are for, and that they leave everybody else in peace. */
class StarterTest {
    private final FakeContext context = new FakeContext("words");

    @AfterEach
    void end() {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "school"})
    void each_of_its_words_is_recognised_in_each_of_its_directions_and_does_what_its_line_says(String name)
            throws WordList.BadLine {
        var filter = starting(name);

        for (var entry : entries(name)) {
            for (var stage : entry.stages()) {
                var written = entry.isExpression() ? entry.expression().replace("\\b", "") : entry.text();
                var verdict = apply(filter, "我说：" + written + "。", stage);
                assertThat(verdict.tags()).as(entry.text()).contains(entry.category());
                assertThat(verdict)
                        .as(entry.text())
                        .isInstanceOf(
                                switch (entry.action()) {
                                    case NOTE -> Verdict.Pass.class;
                                    case MASK -> Verdict.Rewrite.class;
                                    case HOLD -> Verdict.Hold.class;
                                    case BLOCK -> Verdict.Block.class;
                                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "school"})
    void no_word_stands_in_it_twice(String name) throws WordList.BadLine {
        assertThat(entries(name)).hasSizeGreaterThan(40).extracting(Entry::text).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "school"})
    void none_of_two_thousand_ordinary_sentences_is_stopped_or_covered(String name) throws IOException {
        var filter = starting(name);
        var wrong = new ArrayList<String>();
        for (var sentence : ordinary()) {
            if (!(apply(filter, sentence, Stage.CUSTOMER_IN) instanceof Verdict.Pass)) wrong.add(sentence);
        }
        assertThat(wrong).isEmpty();
    }

    /** An expression for what the hub answers would keep back every answer until it is whole. */
    @ParameterizedTest
    @ValueSource(strings = {"shop", "school"})
    void answers_are_still_shown_while_they_are_made(String name) {
        var answer = "签收后 7 天内可以退货。";
        assertThat(starting(name).safeUntil(answer, SomeFacts.english())).isEqualTo(answer.length());
    }

    /** Whoever asks for help is answered, and seen. */
    @Test
    void a_cry_for_help_is_noted_at_the_highest_level_and_never_kept_back() throws WordList.BadLine {
        assertThat(entries("school"))
                .filteredOn(entry -> entry.category().equals("care"))
                .hasSizeGreaterThan(10)
                .allSatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo(Action.NOTE);
                    assertThat(entry.level()).isGreaterThanOrEqualTo(4);
                });
    }

    @Test
    void it_counts_beside_ones_own_words_and_may_be_put_right_by_what_is_allowed() {
        var filter = new SensitiveWordsFactory()
                .create(Settings.of(Map.of("starter", "school", "words", "蓝精灵", "allowed", "笨蛋先生")), context);

        assertThat(apply(filter, "蓝精灵", Stage.CUSTOMER_IN)).isInstanceOf(Verdict.Rewrite.class);
        assertThat(apply(filter, "笨蛋", Stage.CUSTOMER_IN)).isInstanceOf(Verdict.Rewrite.class);
        assertThat(apply(filter, "《笨蛋先生》还有吗", Stage.CUSTOMER_IN)).isEqualTo(Verdict.pass());
    }

    private Filter starting(String name) {
        return new SensitiveWordsFactory().create(Settings.of(Map.of("starter", name)), context);
    }

    private static Verdict apply(Filter filter, String text, Stage stage) {
        return filter.apply(Messages.fromCustomer(text), SomeFacts.english(), stage);
    }

    private static List<Entry> entries(String name) throws WordList.BadLine {
        var all = Set.of(Stage.CUSTOMER_IN, Stage.BOT_OUT, Stage.AGENT_OUT);
        var list = new WordList(new Entry("", "none", 3, Action.MASK, all, Optional.empty()));
        list.add(Starter.lines(name));
        return list.entries();
    }

    private static List<String> ordinary() throws IOException {
        try (var in = StarterTest.class.getResourceAsStream("ordinary.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
