package io.kefuhub.api.ai;

import java.util.List;

/** Models as a plugin may ask them: by alias, under the hub's limits, budgets and audit. Safe for threads; calls wait. */
public interface Models {
    /**
     * Asks an alias.
     *
     * @param system what stands before the conversation; may be empty
     * @param sink told of the answer's pieces
     */
    ModelAnswer ask(String alias, String system, List<AiRequest.Turn> messages, AiSink sink, Cancel cancel);

    /** What became of the question. */
    sealed interface ModelAnswer {
        record Answered(String text, String model) implements ModelAnswer {}

        /** No model could or may answer now. */
        record Unavailable(String reason) implements ModelAnswer {}
    }
}
