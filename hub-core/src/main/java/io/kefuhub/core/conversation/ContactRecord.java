package io.kefuhub.core.conversation;

import io.kefuhub.api.channel.Contact;
import java.time.Instant;

/** A customer, as one channel knows them and the hub keeps them. Immutable. */
public record ContactRecord(ContactId id, ChannelId channel, Contact contact, Instant firstSeen) {}
