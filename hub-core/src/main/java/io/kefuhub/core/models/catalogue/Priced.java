package io.kefuhub.core.models.catalogue;

/** Whether it is known what a deployment costs now. */
public sealed interface Priced {
    record Known() implements Priced {}

    /** @param provider by what name a price would be found, beside that of the model; empty where nobody speaks to it */
    record NoPrice(String provider) implements Priced {}

    /** It has a price, in a currency of which nobody said what it is worth. */
    record NoRate(String currency) implements Priced {}
}
