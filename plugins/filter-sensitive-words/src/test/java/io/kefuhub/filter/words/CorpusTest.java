package io.kefuhub.filter.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.kit.SomeFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sixty words as people write them who do not want them to be found, and two thousand sentences as customers of shops and
 * schools write them, many of them with the pieces of those words.
 */
class CorpusTest {
    private static final double RECALL = 0.98;
    private static final double FALSE_POSITIVES = 0.002;

    private final FakeContext context = new FakeContext("words");
    private final Filter filter = filter();

    /** One way to write a word; where it is split, its messages in turn. */
    private record Variant(String word, String technique, List<String> messages) {
        static Variant of(String line) {
            var cells = List.of(line.split("\t"));
            return new Variant(cells.get(0), cells.get(1), cells.subList(2, cells.size()));
        }
    }

    private static final class Tally {
        private final List<Variant> missed = new ArrayList<>();
        private int all;

        double recall() {
            return 1 - (double) missed.size() / all;
        }
    }

    @AfterEach
    void end() {
        context.close();
    }

    @Test
    void of_words_that_are_disguised_nearly_all_are_found_in_each_way_to_disguise_them() throws IOException {
        var techniques = new TreeMap<String, Tally>();
        for (var line : lines("evasions.tsv")) {
            var variant = Variant.of(line);
            var tally = techniques.computeIfAbsent(variant.technique, _ -> new Tally());
            tally.all++;
            if (!isFound(variant)) tally.missed.add(variant);
        }
        System.out.println(table(techniques));

        assertThat(techniques).hasSizeGreaterThanOrEqualTo(12);
        assertThat(techniques.values().stream().mapToInt(tally -> tally.all).sum())
                .isGreaterThanOrEqualTo(600);
        assertThat(techniques)
                .allSatisfy((technique, tally) -> assertThat(tally.recall())
                        .as("%s: %s", technique, tally.missed)
                        .isGreaterThanOrEqualTo(RECALL));
    }

    @Test
    void ordinary_sentences_pass() throws IOException {
        var sentences = lines("ordinary.txt");
        var found = sentences.stream()
                .filter(sentence -> isFound(List.of(), sentence))
                .toList();

        assertThat(sentences).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(found).as(found.toString()).hasSizeLessThanOrEqualTo((int) (sentences.size() * FALSE_POSITIVES));
    }

    private boolean isFound(Variant variant) {
        var last = variant.messages.size() - 1;
        return isFound(variant.messages.subList(0, last), variant.messages.get(last));
    }

    private boolean isFound(List<String> before, String text) {
        var facts = SomeFacts.after(before.toArray(String[]::new));
        return filter.apply(Messages.fromCustomer(text), facts, Stage.CUSTOMER_IN) instanceof Verdict.Block;
    }

    private Filter filter() {
        try {
            var words = String.join("\n", lines("words.txt"));
            return new SensitiveWordsFactory().create(Settings.of(Map.of("words", words, "action", "block")), context);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(String file) throws IOException {
        try (var in = CorpusTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String table(Map<String, Tally> techniques) {
        var table = new StringBuilder("| technique | variants | found |\n|---|--:|--:|\n");
        techniques.forEach((technique, tally) -> table.append(
                String.format(Locale.ROOT, "| %s | %d | %.1f %% |%n", technique, tally.all, 100 * tally.recall())));
        return table.toString();
    }
}
