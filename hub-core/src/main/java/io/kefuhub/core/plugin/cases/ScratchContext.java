package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.core.plugin.InstanceTasks;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What an instance is lent that lives for its golden cases only: a store in memory, a clock that stands still, and
 * nothing of the outside. Safe for threads; closing it ends its tasks.
 */
final class ScratchContext implements FilterContext, ResponderContext, AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final Store store = new MemoryStore(clock);
    private final InstanceTasks tasks;

    /**
     * @param loader of the plugin's classes
     */
    ScratchContext(ClassLoader loader) {
        tasks = new InstanceTasks(GoldenCases.INSTANCE, loader);
    }

    @Override
    public String instance() {
        return GoldenCases.INSTANCE;
    }

    @Override
    public Http http() {
        return new NothingOutside.Network();
    }

    @Override
    public Files files() {
        return new NothingOutside.Shelf();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Tasks tasks() {
        return tasks;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Models models() {
        return (_, _, _, _, _) -> new Models.ModelAnswer.Unavailable("a golden case asks no model");
    }

    @Override
    public void close() {
        tasks.close();
    }
}
