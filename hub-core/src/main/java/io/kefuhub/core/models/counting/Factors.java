package io.kefuhub.core.models.counting;

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

    /** @param model a name for it, such as the alias it is asked by */
    public double of(String model) {
        return learnt.getOrDefault(model, START);
    }

    /** A provider said how many tokens there were where we had counted so many. */
    public void reported(String model, int counted, long reported) {
        if (counted <= 0 || reported <= 0) return;
        var seen = (double) reported / counted;
        learnt.merge(
                model, bounded(START + LEARNING * (seen - START)), (old, _) -> bounded(old + LEARNING * (seen - old)));
    }

    /** What was to fit did not. */
    public void tooLong(String model) {
        learnt.merge(model, bounded(START * TOO_LONG), (old, _) -> bounded(old * TOO_LONG));
    }

    private static double bounded(double factor) {
        return Math.clamp(factor, LEAST, MOST);
    }
}
