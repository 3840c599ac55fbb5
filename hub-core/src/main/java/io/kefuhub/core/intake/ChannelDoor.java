package io.kefuhub.core.intake;

import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.core.plugin.LentContext;
import java.time.InstantSource;

/** What one generation of a channel is lent. Immutable. */
record ChannelDoor(LentContext lent, Inbox inbox, Timeline timeline, Contacts contacts, Availability availability)
        implements ChannelContext {
    @Override
    public String instance() {
        return lent.instance();
    }

    @Override
    public Http http() {
        return lent.http();
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
}
