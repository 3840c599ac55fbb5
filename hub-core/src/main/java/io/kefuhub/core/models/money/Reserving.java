package io.kefuhub.core.models.money;

/** Whether an attempt may be made. */
public sealed interface Reserving {
    /**
     * It may; the amount is kept for it.
     *
     * @param amount in 10⁻⁹ of the hub's currency
     * @param cheaper whether a budget is so far used that the cheaper model should be asked from now on
     */
    record Reserved(long amount, boolean cheaper) implements Reserving {}

    /**
     * It does not fit.
     *
     * @param budget the name of the one that is short
     * @param outputTokens how many tokens of output would still fit; may be zero
     */
    record Short(String budget, long outputTokens) implements Reserving {}

    /** The model has no price and nobody allowed it to go without. */
    record Unpriced() implements Reserving {}

    /** The books cannot be written now. */
    record Away() implements Reserving {}
}
