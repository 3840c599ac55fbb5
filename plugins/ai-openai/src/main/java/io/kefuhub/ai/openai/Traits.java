package io.kefuhub.ai.openai;

import io.kefuhub.ai.exchange.Trouble;
import java.util.Map;

/**
 * In what a service that speaks chat completions differs from the others. Immutable.
 *
 * @param limitField what it calls the most tokens of an answer
 * @param asksForUsage whether usage in a stream must be asked for, which some refuse
 * @param hottest the highest temperature it takes
 * @param json how it is held to JSON
 * @param batch the most texts of one call for vectors; 0 when it makes none
 * @param codes what it means by codes that mean something else elsewhere
 */
record Traits(
        String limitField, boolean asksForUsage, double hottest, JsonMode json, int batch, Map<String, Trouble> codes) {
    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    /** How a service is held to JSON. */
    enum JsonMode {
        /** It takes the schema itself. */
        SCHEMA,
        /** It promises JSON; the schema is told in words. */
        OBJECT,
        /** It promises nothing; the schema is told in words. */
        WORDS
    }

    Traits {
        codes = Map.copyOf(codes);
    }
}
