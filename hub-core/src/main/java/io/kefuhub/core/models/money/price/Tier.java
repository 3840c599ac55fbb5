package io.kefuhub.core.models.money.price;

/**
 * Other prices for long prompts. Immutable.
 *
 * @param above counts for prompts of more tokens than this
 */
public record Tier(long above, PerMillion prices) {
    public Tier {
        if (above < 1) throw new IllegalArgumentException("a tier begins above some tokens");
    }

    /** What a tier re-prices. */
    public enum Rule {
        /** All of the prompt. */
        WHOLE,
        /** Only what lies above; the first tokens of a prompt, which are the cached ones, cost what they cost. */
        PART
    }
}
