package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiRequest;
import java.util.UUID;

/** Told of every call to a model that has ended, what left and what came back. Never waits, never throws. Safe for threads. */
public interface CallWitness {
    CallWitness NOBODY = (_, _, _) -> {};

    /**
     * @param attempt as in the books
     * @param request as it left, after the filters
     * @param answer as it came, as much as came
     */
    void ended(UUID attempt, AiRequest request, String answer);
}
