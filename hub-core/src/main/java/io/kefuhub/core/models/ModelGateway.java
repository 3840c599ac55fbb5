package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;

/**
 * The one way to a model: by alias, under limits, budgets and the books. Safe for threads; calls wait, on virtual
 * threads.
 *
 * <p>Asks the deployments of the alias as their order, limits, budgets and health allow, repeats what is worth repeating
 * while nothing was shown, and ends within the question's deadlines whatever the providers do. Every call that may cost
 * money is in the books when it returns. What filters of the hub do not let leave is not asked.
 */
public interface ModelGateway {
    /**
     * Asks.
     *
     * @param sink told by the calling thread of pieces that will not be taken back
     * @param cancel ends the call at once
     */
    ModelOutcome ask(ModelQuestion question, AiSink sink, Cancel cancel);

    /** Whether filters let something of a text leave only behind a placeholder, or none of it: its answer is for nobody else. */
    default boolean hides(Payer payer, String text) {
        return false;
    }
}
