package io.kefuhub.core.answering.ai.context;

import java.util.concurrent.ConcurrentHashMap;

/**
 * How many tokens of its own each model makes of one of ours, learnt from what providers report. Safe for threads; kept in
 * memory, learnt anew after a start.
 */
public final class Factors {
    private static final double START = 1.15;
    private static final double LEAST = 0.8;
    private static final double MOST = 1.8;
    private static final double LEARNING = 0.05;
    private static final double TOO_LONG = 1.1;

    private final ConcurrentHashMap<String, Double> learnt = new ConcurrentHashMap<>();

    /** @param alias by which the model is asked */
    public double of(String alias) {
        return learnt.getOrDefault(alias, START);
    }

    /** A provider said how many tokens there were where we had counted so many. */
    public void reported(String alias, int counted, long reported) {
        if (counted <= 0 || reported <= 0) return;
        var seen = (double) reported / counted;
        learnt.merge(
                alias, bounded(START + LEARNING * (seen - START)), (old, _) -> bounded(old + LEARNING * (seen - old)));
    }

    /** What was to fit did not. */
    public void tooLong(String alias) {
        learnt.merge(alias, bounded(START * TOO_LONG), (old, _) -> bounded(old * TOO_LONG));
    }

    private static double bounded(double factor) {
        return Math.clamp(factor, LEAST, MOST);
    }
}
