package io.kefuhub.api.kit;

import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.directory.DirectoryContext;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.translate.TranslatorContext;
import java.util.List;

/** What the hub lends to an instance, in memory, for every kind but channels. Close it at the end of the test. */
public class FakeContext
        implements FilterContext,
                ResponderContext,
                TranslatorContext,
                DirectoryContext,
                AiProviderContext,
                AutoCloseable {
    private final String instance;
    private final FakeClock clock = new FakeClock();
    private final FakeHttp http = new FakeHttp();
    private final FakeFiles files = new FakeFiles();
    private final FakeStore store = new FakeStore(clock);
    private volatile FakeTasks tasks = new FakeTasks(clock);
    private volatile Models models = new NoModels();

    public FakeContext(String instance) {
        this.instance = instance;
    }

    @Override
    public final String instance() {
        return instance;
    }

    @Override
    public final FakeClock clock() {
        return clock;
    }

    @Override
    public final FakeHttp http() {
        return http;
    }

    @Override
    public final FakeFiles files() {
        return files;
    }

    @Override
    public final FakeStore store() {
        return store;
    }

    @Override
    public final FakeTasks tasks() {
        return tasks;
    }

    @Override
    public final Models models() {
        return models;
    }

    /** Puts the models in place that are asked from now on. */
    public final void models(Models changed) {
        models = changed;
    }

    /** Ends what the instance left under way, as the hub does before the next generation begins; what it stored stays. */
    public void restart() {
        tasks.close();
        tasks = new FakeTasks(clock);
    }

    @Override
    public void close() {
        tasks.close();
        files.close();
    }

    /** A hub without models. */
    private static final class NoModels implements Models {
        @Override
        public ModelAnswer ask(String alias, String system, List<AiRequest.Turn> messages, AiSink sink, Cancel cancel) {
            return new ModelAnswer.Unavailable("there is no model");
        }
    }
}
