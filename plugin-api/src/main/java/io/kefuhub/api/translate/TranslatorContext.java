package io.kefuhub.api.translate;

import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.ai.Models;

/** What the hub lends to a translator. Safe for threads. */
public interface TranslatorContext extends InstanceContext {
    /** Models by alias, under the hub's budgets, limits and audit. */
    Models models();
}
