package io.kefuhub.core.answering.passages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Measures finding passages by words and by vectors; {@code bench/passages} runs it long, a test short. */
final class PassageSpeed {
    private static final int LENGTH = 400;
    private static final int QUESTION = 14;
    private static final int PIECES_OF_A_DOCUMENT = 200;

    private final Random random = new Random(7);
    private final String words;
    private final List<Item> items = new ArrayList<>();
    private final DeskPassages desk = new DeskPassages();

    /** @param indexed how long it took to index all pieces */
    record Row(int pieces, Duration indexed, Spread byWords, Spread byMeaning, int dimension) {}

    record Spread(double p50, double p99, double most) {
        static Spread of(long[] nanoseconds) {
            Arrays.sort(nanoseconds);
            return new Spread(
                    nanoseconds[nanoseconds.length / 2] / 1e6,
                    nanoseconds[nanoseconds.length * 99 / 100] / 1e6,
                    nanoseconds[nanoseconds.length - 1] / 1e6);
        }
    }

    PassageSpeed() {
        try (var demo = PassageSpeed.class.getResourceAsStream("/demo/knowledge/songlin.zh.md")) {
            words = new String(requireNonNull(demo).readAllBytes(), UTF_8).replaceAll("[^\\p{IsHan}]", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Row measure(int pieces, int dimension, int questions) {
        var documents = new HashMap<UUID, List<Item>>();
        while (items.size() < pieces) {
            var document = new UUID(0, items.size());
            var its = new ArrayList<Item>();
            for (int number = 0; number < PIECES_OF_A_DOCUMENT && items.size() < pieces; number++) {
                var source = new Passage.Source(document, "手册.pdf", List.of("退货", "七天以内"), number);
                var item = Item.of(new UUID(1, items.size()), EntryLanguage.ZH, snippet(LENGTH), source);
                its.add(item);
                items.add(item);
            }
            documents.put(document, its);
        }
        long began = System.nanoTime();
        desk.documents(documents);
        var indexed = Duration.ofNanos(System.nanoTime() - began);
        var asked = random.ints(questions).mapToObj(any -> snippet(QUESTION)).toList();
        asked.forEach(question -> desk.index().nearest(Terms.of(question), 50));
        var byWords = new long[questions];
        for (int at = 0; at < questions; at++) {
            long start = System.nanoTime();
            if (desk.index().nearest(Terms.of(asked.get(at)), 50).isEmpty())
                throw new IllegalStateException("nothing found");
            byWords[at] = System.nanoTime() - start;
        }
        return new Row(pieces, indexed, Spread.of(byWords), byMeaning(dimension, questions), dimension);
    }

    private Spread byMeaning(int dimension, int questions) {
        Map<UUID, float[]> vectors = new HashMap<>();
        items.forEach(item -> vectors.put(item.meanings().getFirst().key(), vector(dimension)));
        var shelf = VectorShelf.of(items, vectors, dimension);
        for (int at = 0; at < 20; at++) shelf.nearest(vector(dimension), 50, any -> true);
        int times = Math.min(questions, 200);
        var taken = new long[times];
        for (int at = 0; at < times; at++) {
            var question = vector(dimension);
            long start = System.nanoTime();
            if (shelf.nearest(question, 50, any -> true).size() != 50) throw new IllegalStateException("not fifty");
            taken[at] = System.nanoTime() - start;
        }
        return Spread.of(taken);
    }

    private float[] vector(int dimension) {
        var vector = new float[dimension];
        for (int at = 0; at < dimension; at++) vector[at] = (float) random.nextGaussian();
        return VectorShelf.unit(vector);
    }

    private String snippet(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            int from = random.nextInt(words.length() - 20);
            text.append(words, from, from + 3 + random.nextInt(9));
        }
        return text.toString();
    }
}
