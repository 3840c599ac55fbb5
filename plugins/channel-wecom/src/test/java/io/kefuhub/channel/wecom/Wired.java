package io.kefuhub.channel.wecom;

import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.ReachingContext;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HostLimitedHttp;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import java.util.List;

/** What the hub lends to a channel: in memory, but for its own HTTP client, which reaches this machine and no other. */
public final class Wired implements AutoCloseable {
    public final FakeChannelContext hub;
    public final ChannelContext context;
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private final HostLimitedHttp http = clients.open(AllowedHosts.of(List.of("127.0.0.1")));

    public Wired(String instance) {
        hub = new FakeChannelContext(instance);
        context = new ReachingContext(hub, http);
    }

    @Override
    public void close() {
        hub.close();
        http.close();
        clients.close();
    }
}
