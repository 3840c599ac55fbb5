package io.kefuhub.core.models.catalogue;

import java.time.Duration;

/**
 * How a deployment fares now. Immutable.
 *
 * @param breaker {@code closed}, {@code open} or {@code half_open}
 * @param cooling whether its provider asked to be left alone for a while
 * @param firstContent what 95 % of the first pieces of text took at most in the last five minutes; zero for none
 */
public record Health(String deployment, String breaker, boolean cooling, int underWay, Duration firstContent) {}
