package io.kefuhub.api.respond;

import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.ai.Models;

/** What the hub lends to a responder. Safe for threads. */
public interface ResponderContext extends InstanceContext {
    /** Models by alias, under the hub's budgets, limits and audit. */
    Models models();
}
