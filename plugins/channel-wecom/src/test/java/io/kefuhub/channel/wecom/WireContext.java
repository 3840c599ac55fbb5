package io.kefuhub.channel.wecom;

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

/** What the hub lends to a channel, with a client that reaches real servers. */
public record WireContext(FakeChannelContext fake, Http http, Files files) implements ChannelContext {
    public WireContext(FakeChannelContext fake, Http http) {
        this(fake, http, fake.files());
    }

    @Override
    public String instance() {
        return fake.instance();
    }

    @Override
    public Store store() {
        return fake.store();
    }

    @Override
    public Tasks tasks() {
        return fake.tasks();
    }

    @Override
    public InstantSource clock() {
        return fake.clock();
    }

    @Override
    public Inbox inbox() {
        return fake.inbox();
    }

    @Override
    public Timeline timeline() {
        return fake.timeline();
    }

    @Override
    public Contacts contacts() {
        return fake.contacts();
    }

    @Override
    public Availability availability() {
        return fake.availability();
    }
}
