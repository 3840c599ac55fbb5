package io.kefuhub.core.desk;

import java.time.Instant;

/**
 * What of models and money wants a person, as those who set the hub up are told.
 *
 * @param models how many are off because their provider refuses the key or says that there is no balance
 * @param budgets how many are used to a degree that somebody should look, or take nothing more
 * @param at when that came to be
 */
public record Concerned(int models, int budgets, Instant at) {}
