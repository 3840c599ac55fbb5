package io.kefuhub.core.plugin;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Store;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.directory.DirectoryContext;
import io.kefuhub.api.filter.FilterContext;
import java.time.InstantSource;

/** What every instance is lent. Immutable. */
public record LentContext(
        String instance, Http http, Files files, Store store, InstanceTasks tasks, InstantSource clock)
        implements InstanceContext, FilterContext, AiProviderContext, DirectoryContext {}
