package io.kefuhub.core.models.screening;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.models.Payer;

/** Knows what filters are told beside the words: of the conversation, where there is one. Safe for threads. */
@FunctionalInterface
public interface Surroundings {
    Facts of(Payer payer);
}
