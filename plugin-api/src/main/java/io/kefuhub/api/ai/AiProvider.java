package io.kefuhub.api.ai;

import io.kefuhub.api.CheckResult;
import java.util.List;

/**
 * Speaks one provider's language. Retries, limits, budgets and the choice of a model are the hub's, never a provider's.
 *
 * <p>Called from many threads that may wait. The hub watches the deadlines and cancels.
 */
public interface AiProvider extends AutoCloseable {
    default CheckResult check() {
        return new CheckResult.Fine();
    }

    /**
     * Asks the model once.
     *
     * @param sink told of content, reasoning and usage as they come, by the calling thread
     * @param cancel ends the call at once when it says so
     */
    AiReply reply(AiRequest request, AiSink sink, Cancel cancel);

    /** Turns texts into vectors; at least one text. */
    default Embedding embed(String model, List<String> texts) {
        return new Embedding.NotOffered();
    }

    @Override
    default void close() {}
}
