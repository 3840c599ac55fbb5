package io.kefuhub.api.channel;

import io.kefuhub.api.InstanceContext;

/** What the hub lends to a channel. Safe for threads. */
public interface ChannelContext extends InstanceContext {
    /** Where everything goes that comes in. */
    Inbox inbox();

    /** What a customer may see of a conversation. */
    Timeline timeline();

    /** Who the customers are. */
    Contacts contacts();

    /** Whether a person could answer now. */
    Availability availability();
}
