package io.kefuhub.core.models;

import io.kefuhub.api.ai.Cancel;
import java.util.List;
import java.util.Optional;

/**
 * The one way to vectors: by the alias {@value #ALIAS}, under limits, budgets and the books. Safe for threads; calls wait,
 * on virtual threads.
 */
public interface EmbeddingGateway {
    /** The alias whose first deployment says which model embeds; others in it are asked only if they have the same model. */
    String ALIAS = "embedding";

    /** The model whose vectors are made now; those of another one cannot be compared with them. Empty for none. */
    Optional<String> model();

    /** Whether a local deployment makes vectors by that model too. */
    boolean hasLocal();

    /**
     * Makes one vector for each text, in order, in as many calls as it takes; whole or not at all.
     *
     * @param localOnly whether the texts must stay with the organisation; those of a payer whose desk is bound to that do
     *     in any case
     * @param texts at least one, none blank
     */
    Embedded embed(Payer payer, boolean localOnly, List<String> texts, Cancel cancel);

    /** What became of the texts. */
    sealed interface Embedded {
        /**
         * @param model as {@link #model} says it
         * @param dimension the length of every vector
         * @param cost in 10⁻⁹ of the hub's currency
         */
        record Vectors(List<float[]> values, String model, int dimension, long cost) implements Embedded {
            public Vectors {
                values = List.copyOf(values);
            }
        }

        /** No deployment embeds, or the one that is to cannot. */
        record NotOffered() implements Embedded {}

        record NotNow(ModelOutcome.Why why, String detail) implements Embedded {}
    }
}
