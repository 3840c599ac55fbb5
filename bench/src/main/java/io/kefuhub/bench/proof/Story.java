package io.kefuhub.bench.proof;

import java.util.List;

/** What a customer is up to. One thread only. */
interface Story {
    /**
     * What a customer knows about his conversation when everything he said is acknowledged and seen.
     *
     * @param state as the hub calls it
     * @param answered whether an answer came after the last thing he said
     * @param replies of agents since he last spoke
     */
    record Ear(String state, boolean answered, int replies) {}

    /** What is said now, one message each; nothing while he waits for something. */
    List<String> next(Ear ear);

    /** Whether he waits for nothing, so that he may leave. */
    boolean isContent(Ear ear);
}
