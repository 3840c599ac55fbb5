package io.kefuhub.bench.proof;

import java.util.ArrayList;
import java.util.List;

/** What is counted of one side: those who speak one codec, or the agents. One thread only. */
final class Tally {
    final String side;
    long said;
    long acknowledged;
    long stored;
    long answered;
    long lost;
    long doubled;
    long disordered;
    long gaps;
    private final List<String> differences = new ArrayList<>();

    Tally(String side) {
        this.side = side;
    }

    /** Two that tell of the same thing tell differently. */
    void differs(String what) {
        differences.add(what);
    }

    List<String> differences() {
        return differences;
    }

    void add(Tally other) {
        said += other.said;
        acknowledged += other.acknowledged;
        stored += other.stored;
        answered += other.answered;
        lost += other.lost;
        doubled += other.doubled;
        disordered += other.disordered;
        gaps += other.gaps;
        differences.addAll(other.differences);
    }

    /** Whether all that was said is acknowledged, stored once and in order, and answered. */
    boolean balances() {
        return said > 0
                && acknowledged == said
                && stored == said
                && answered == said
                && lost + doubled + disordered + gaps == 0
                && differences.isEmpty();
    }
}
