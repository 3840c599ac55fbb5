package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.kit.FakeFiles;
import io.kefuhub.api.kit.FakeStore;
import io.kefuhub.api.kit.FakeTasks;

/** What the hub lends to a provider, with a client that reaches real servers. Close it at the end of the test. */
public final class WireContext implements AiProviderContext, AutoCloseable {
    private final FakeClock clock = new FakeClock();
    private final FakeFiles files = new FakeFiles();
    private final FakeStore store = new FakeStore(clock);
    private final FakeTasks tasks = new FakeTasks(clock);
    private final WireHttp http = new WireHttp();

    @Override
    public String instance() {
        return "model-1";
    }

    @Override
    public Http http() {
        return http;
    }

    @Override
    public FakeFiles files() {
        return files;
    }

    @Override
    public FakeStore store() {
        return store;
    }

    @Override
    public FakeTasks tasks() {
        return tasks;
    }

    @Override
    public FakeClock clock() {
        return clock;
    }

    @Override
    public void close() {
        http.close();
        tasks.close();
    }
}
