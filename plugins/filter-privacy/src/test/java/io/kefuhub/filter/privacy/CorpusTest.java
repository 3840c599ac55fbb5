package io.kefuhub.filter.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.filter.privacy.finding.Finder;
import io.kefuhub.filter.privacy.finding.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A thousand sentences with personal data, marked, and two thousand with prices, dates, quantities, codes and order numbers
 * and none. Both were made by rule after the finder was written.
 */
class CorpusTest {
    private static final double RECALL = 0.99;
    private static final double FALSE_POSITIVES = 0.002;

    private final Finder finder = new Finder(List.of());

    /** A sentence and where its personal data stands. */
    private record Sentence(String kind, String text, int from, int to) {
        static Sentence of(String line) {
            var cells = line.split("\t");
            var from = cells[1].indexOf('【');
            var to = cells[1].indexOf('】') - 1;
            return new Sentence(cells[0], cells[1].replace("【", "").replace("】", ""), from, to);
        }

        boolean isFoundIn(List<Found> found) {
            return found.size() == 1
                    && found.getFirst().from() == from
                    && found.getFirst().to() == to
                    && found.getFirst().kind().key().equals(kind);
        }
    }

    private static final class Tally {
        private final List<String> missed = new ArrayList<>();
        private int all;
        private int wrong;

        double recall() {
            return 1 - (double) missed.size() / all;
        }
    }

    @Test
    void of_personal_data_nearly_all_is_found_from_its_first_character_to_its_last_and_of_the_rest_nearly_nothing()
            throws IOException {
        var kinds = new TreeMap<String, Tally>();
        for (var line : lines("personal.tsv")) {
            var sentence = Sentence.of(line);
            var tally = kinds.computeIfAbsent(sentence.kind, _ -> new Tally());
            tally.all++;
            var found = finder.find(sentence.text);
            if (!sentence.isFoundIn(found)) tally.missed.add(line + " " + found);
        }
        var ordinary = lines("ordinary.txt");
        var wrong = new ArrayList<String>();
        for (var sentence : ordinary) {
            for (var found : finder.find(sentence)) {
                kinds.computeIfAbsent(found.kind().key(), _ -> new Tally()).wrong++;
                wrong.add(sentence + " " + found);
            }
        }
        System.out.println(table(kinds, ordinary.size()));

        assertThat(kinds.values().stream().mapToInt(tally -> tally.all).sum()).isEqualTo(1_000);
        assertThat(ordinary).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(kinds)
                .allSatisfy((kind, tally) -> assertThat(tally.recall())
                        .as("%s: %s", kind, String.join("\n", tally.missed))
                        .isGreaterThanOrEqualTo(RECALL));
        assertThat(wrong).as(String.join("\n", wrong)).hasSizeLessThanOrEqualTo((int)
                (ordinary.size() * FALSE_POSITIVES));
    }

    private static List<String> lines(String file) throws IOException {
        try (var in = CorpusTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String table(Map<String, Tally> kinds, int ordinary) {
        var table = new StringBuilder(
                "| kind | sentences | found | found where there is none, of " + ordinary + " |\n|---|--:|--:|--:|\n");
        kinds.forEach((kind, tally) -> table.append(String.format(
                Locale.ROOT, "| %s | %d | %.1f %% | %d |%n", kind, tally.all, 100 * tally.recall(), tally.wrong)));
        return table.toString();
    }
}
