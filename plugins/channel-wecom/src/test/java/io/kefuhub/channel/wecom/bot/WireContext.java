package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.kit.FakeChannelContext;
import java.time.InstantSource;

/** What the hub lends to a bot: in memory but for the network, which is real. */
record WireContext(FakeChannelContext lent, WireHttp wire) implements ChannelContext {
    @Override
    public String instance() {
        return lent.instance();
    }

    @Override
    public Http http() {
        return wire;
    }

    @Override
    public Files files() {
        return lent.files();
    }

    @Override
    public Store store() {
        return lent.store();
    }

    @Override
    public Tasks tasks() {
        return lent.tasks();
    }

    @Override
    public InstantSource clock() {
        return lent.clock();
    }

    @Override
    public Inbox inbox() {
        return lent.inbox();
    }

    @Override
    public Timeline timeline() {
        return lent.timeline();
    }

    @Override
    public Contacts contacts() {
        return lent.contacts();
    }

    @Override
    public Availability availability() {
        return lent.availability();
    }
}
