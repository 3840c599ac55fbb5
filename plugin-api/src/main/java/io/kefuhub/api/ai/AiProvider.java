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
     * Asks the model once, and neither repeats nor asks another.
     *
     * @param request what to ask; the model's name is the provider's own
     * @param sink told of content, reasoning and usage as they come, by the calling thread
     * @param cancel ends the call at once when it says so; a question cancelled before it was sent never leaves
     * @return what became of it, and whether it may cost money; trouble of the provider's is an answer; no secret stands
     *     in a reason, nor in the address of a call
     * @throws RuntimeException only for a defect: counts as broken, and as dispatched
     */
    AiReply reply(AiRequest request, AiSink sink, Cancel cancel);

    /** Turns texts into vectors; at least one text. */
    default Embedding embed(String model, List<String> texts) {
        return new Embedding.NotOffered();
    }

    @Override
    default void close() {}
}
