package io.kefuhub.api.kit;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Timeline;
import java.time.InstantSource;

/**
 * What the hub lends to a channel, in memory but for the network.
 *
 * @param http reaches real servers, or whatever a test has it reach
 */
public record ReachingContext(FakeChannelContext fake, Http http) implements ChannelContext {
    @Override
    public String instance() {
        return fake.instance();
    }

    @Override
    public Files files() {
        return fake.files();
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
