package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.plugin.Slot;

/**
 * A deployment that may be asked now, and what speaks to it. Immutable.
 *
 * @param first whether it is a first choice of its alias
 */
record Candidate(Deployment deployment, Station station, Slot<AiProvider> slot, boolean first) {}
