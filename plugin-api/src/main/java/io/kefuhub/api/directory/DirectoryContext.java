package io.kefuhub.api.directory;

import io.kefuhub.api.InstanceContext;

/** What the hub lends to a directory. Safe for threads. */
public interface DirectoryContext extends InstanceContext {}
