package io.kefuhub.core.answering.passages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An embedder that knows a few words by heart: each is an axis, and words that mean the same share one. Texts without such
 * words get an axis of their own.
 */
final class Dictionary implements Embedder {
    private static final int AXES = 64;
    private static final Map<String, Integer> WORDS =
            Map.of("退货", 0, "寄回去", 0, "return", 0, "send back", 0, "电池", 1, "续航", 1, "battery", 1, "发票", 2, "报销", 2);

    final AtomicInteger texts = new AtomicInteger();
    /** What may have left the organisation. */
    final List<String> left = new CopyOnWriteArrayList<>();

    volatile Optional<String> model = Optional.of("one");
    volatile boolean local;
    volatile boolean away;
    /** How many texts it takes before it goes away by itself. */
    volatile int patience = Integer.MAX_VALUE;

    @Override
    public Optional<String> model() {
        return model;
    }

    @Override
    public boolean hasLocal() {
        return local;
    }

    @Override
    public Made embed(String model, boolean localOnly, List<String> asked, Duration within) {
        if (!localOnly) left.addAll(asked);
        else if (!local) return new Made.Away(Duration.ofMillis(20), "nothing local");
        if (away || texts.get() >= patience) return new Made.Away(Duration.ofMillis(20), "it sleeps");
        texts.addAndGet(asked.size());
        var vectors = new ArrayList<float[]>();
        asked.forEach(text -> vectors.add(vector(text, model.equals("two") ? AXES * 2 : AXES)));
        return new Made.Vectors(vectors);
    }

    private static float[] vector(String text, int dimension) {
        var vector = new float[dimension];
        WORDS.forEach((word, axis) -> {
            if (text.contains(word)) vector[axis] = 1;
        });
        int known = 0;
        for (float value : vector) known += (int) value;
        // What else is said turns the vector a little away.
        vector[8 + Math.floorMod(text.hashCode(), AXES - 8)] += known == 0 ? 1 : 0.2f;
        return vector;
    }
}
