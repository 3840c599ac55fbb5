package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.directory.DirectoryContext;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakeHttp;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.translate.TranslatorContext;
import io.kefuhub.core.plugin.cases.NothingOutside;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/**
 * What an instance is lent that is tried without a hub: everything in memory, no host that may be called unless the
 * contract kit plays it, and a clock that stands still. Safe for threads.
 */
final class AloneContext
        implements ChannelContext,
                FilterContext,
                ResponderContext,
                AiProviderContext,
                TranslatorContext,
                DirectoryContext,
                AutoCloseable {
    private static final NothingOutside.Network OUTSIDE = new NothingOutside.Network();

    private final FakeChannelContext memory;

    /** What the contract kit may play a service with; without it no host may be called. */
    private record Played(FakeHttp calls) implements Http {
        @Override
        public Call call(Request request) {
            return calls.call(request);
        }

        @Override
        public Socket connect(URI address, Map<String, String> headers, SocketListener listener) {
            return OUTSIDE.connect(address, headers, listener);
        }
    }

    AloneContext(String instance) {
        memory = new FakeChannelContext(instance);
        memory.http()
                .answerAs(
                        request -> new FakeHttp.Played("", OUTSIDE.call(request).send()));
    }

    @Override
    public String instance() {
        return memory.instance();
    }

    @Override
    public Http http() {
        return new Played(memory.http());
    }

    /** The calls that its instances make, for who plays the service that they ask. */
    FakeHttp calls() {
        return memory.http();
    }

    @Override
    public Files files() {
        return memory.files();
    }

    @Override
    public Store store() {
        return memory.store();
    }

    @Override
    public Tasks tasks() {
        return memory.tasks();
    }

    @Override
    public InstantSource clock() {
        return memory.clock();
    }

    @Override
    public Models models() {
        return memory.models();
    }

    @Override
    public Inbox inbox() {
        return memory.inbox();
    }

    @Override
    public Timeline timeline() {
        return memory.timeline();
    }

    @Override
    public Contacts contacts() {
        return memory.contacts();
    }

    @Override
    public Availability availability() {
        return memory.availability();
    }

    /** Ends what instances started; throws when a thread of theirs does not end. */
    @Override
    public void close() {
        memory.close();
    }
}
