package io.kefuhub.core.models;

import io.kefuhub.api.ai.Usage;

/** How many tokens something has for a model, before the provider says so. Safe for threads; never waits. */
public interface TokenEstimate {
    /** The whole question with its margin; pictures too. */
    long question(String model, ModelQuestion question);

    /** A text, such as what had come of an answer. */
    long text(String model, String text);

    /**
     * Learns from what a provider counted.
     *
     * @param question as it was sent
     * @param usage reported by the provider
     */
    default void counted(String model, ModelQuestion question, Usage usage) {}

    /** Learns that a question was longer for the provider than it had seemed. */
    default void tooLong(String model) {}
}
