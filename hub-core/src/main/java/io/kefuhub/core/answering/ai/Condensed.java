package io.kefuhub.core.answering.ai;

import io.kefuhub.core.answering.ai.cache.Standalone;
import io.kefuhub.core.answering.ai.context.Exchange;
import io.kefuhub.core.answering.knowledge.Normaliser;
import java.util.List;

/** Puts a question so that it can be searched for by itself. Pure; safe for threads. */
final class Condensed {
    private static final int SHORT = 4;
    private static final int LONGEST_BEFORE = 100;

    private Condensed() {}

    /** What points back, or says hardly anything, is searched for together with what was asked before. */
    static String of(String said, List<Exchange> past) {
        var bare = Normaliser.normal(said);
        if (past.isEmpty() || (!Standalone.pointsBack(said) && bare.length() >= SHORT)) return bare;
        var before = Normaliser.normal(past.getLast().asked());
        return before.substring(0, Math.min(LONGEST_BEFORE, before.length())) + " " + bare;
    }
}
