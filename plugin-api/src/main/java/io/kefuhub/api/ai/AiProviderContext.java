package io.kefuhub.api.ai;

import io.kefuhub.api.InstanceContext;

/** What the hub lends to an AI provider. Safe for threads. */
public interface AiProviderContext extends InstanceContext {}
