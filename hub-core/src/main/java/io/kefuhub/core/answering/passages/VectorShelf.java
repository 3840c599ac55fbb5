package io.kefuhub.core.answering.passages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.lucene.util.VectorUtil;

/**
 * The vectors of one desk, looked at one by one: below 50,000 that takes milliseconds, misses nothing and needs no index.
 * Immutable. All vectors have length one, so that their product is the cosine of the angle between them.
 */
final class VectorShelf {
    static final VectorShelf EMPTY = new VectorShelf(List.of(), 0);

    /** @param text which of the item's texts came near */
    record Near(Item item, String text, double cosine) {}

    private record Row(Item item, String text, float[] vector) {}

    private final List<Row> rows;
    private final int dimension;

    private VectorShelf(List<Row> rows, int dimension) {
        this.rows = rows;
        this.dimension = dimension;
    }

    /** A shelf of all texts whose vector is there. */
    static VectorShelf of(List<Item> items, Map<UUID, float[]> vectors, int dimension) {
        var rows = new ArrayList<Row>();
        for (var item : items) {
            item.meanings().forEach(text -> {
                var vector = vectors.get(text.key());
                if (vector != null && vector.length == dimension) rows.add(new Row(item, text.text(), vector));
            });
        }
        return new VectorShelf(List.copyOf(rows), dimension);
    }

    /** At most so many items, the nearest first; each by the text of its that is nearest. */
    List<Near> nearest(float[] question, int most, Predicate<Item> wanted) {
        if (question.length != dimension) return List.of();
        var best = new PriorityQueue<Near>(Comparator.comparingDouble(Near::cosine));
        for (int from = 0; from < rows.size(); ) {
            var item = rows.get(from).item;
            int nearest = from;
            double cosine = -1;
            // The rows of one item stand side by side.
            for (; from < rows.size() && rows.get(from).item == item; from++) {
                double its = VectorUtil.dotProduct(question, rows.get(from).vector);
                if (its > cosine) {
                    cosine = its;
                    nearest = from;
                }
            }
            if (best.size() == most && cosine <= best.element().cosine || !wanted.test(item)) continue;
            best.add(new Near(item, rows.get(nearest).text, cosine));
            if (best.size() > most) best.remove();
        }
        return best.stream()
                .sorted(Comparator.comparingDouble(Near::cosine).reversed())
                .toList();
    }

    /** Of length one; empty vectors have no direction and stay as they are. */
    static float[] unit(float[] vector) {
        double square = 0;
        for (float value : vector) square += value * value;
        if (square == 0) return vector;
        var unit = new float[vector.length];
        double length = Math.sqrt(square);
        for (int at = 0; at < vector.length; at++) unit[at] = (float) (vector[at] / length);
        return unit;
    }
}
