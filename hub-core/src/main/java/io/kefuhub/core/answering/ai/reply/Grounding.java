package io.kefuhub.core.answering.ai.reply;

import java.util.Collection;

/**
 * What an answer may claim: the numbers, prices, dates, links and phone numbers that stand in what it was made from.
 * Immutable.
 */
public final class Grounding {
    private final Evidence known;

    private Grounding(Evidence known) {
        this.known = known;
    }

    /** @param sources the question, the facts, the passages and whatever else people wrote for it */
    public static Grounding in(Collection<String> sources) {
        return new Grounding(sources.stream().map(Evidence::in).reduce(Evidence.in(""), Evidence::and));
    }

    boolean holds(String sentence) {
        return known.holds(Evidence.in(sentence));
    }
}
