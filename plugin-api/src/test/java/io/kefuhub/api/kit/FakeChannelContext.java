package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Availability;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contacts;

/**
 * What the hub lends to a channel, in memory. The other side of its conversations, what the bot and agents do and what
 * came in, is in {@link #conversations}. Close it at the end of the test.
 */
public final class FakeChannelContext extends FakeContext implements ChannelContext {
    private final FakeConversations conversations = new FakeConversations(clock());
    private volatile boolean agentsOnline;

    public FakeChannelContext(String instance) {
        super(instance);
    }

    /** What stands behind inbox, timeline and contacts, for the test to act and to look. */
    public FakeConversations conversations() {
        return conversations;
    }

    @Override
    public FakeInbox inbox() {
        return conversations.inbox();
    }

    @Override
    public FakeTimeline timeline() {
        return conversations.timeline();
    }

    @Override
    public Contacts contacts() {
        return conversations;
    }

    @Override
    public Availability availability() {
        return () -> agentsOnline;
    }

    public void agentsOnline(boolean online) {
        agentsOnline = online;
    }

    @Override
    public void restart() {
        super.restart();
        inbox().beginAnew();
    }

    @Override
    public void close() {
        super.close();
        conversations.close();
    }
}
