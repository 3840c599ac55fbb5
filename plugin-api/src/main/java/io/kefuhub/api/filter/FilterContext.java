package io.kefuhub.api.filter;

import io.kefuhub.api.InstanceContext;

/** What the hub lends to a filter. Safe for threads. */
public interface FilterContext extends InstanceContext {}
