package io.kefuhub.core.conversation;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One event of a conversation.
 *
 * @param feed its place among all events, from 1, without gaps
 * @param seq its place among those the customer may see, from 1, without gaps; empty for the others
 */
public record FeedEvent(long feed, OptionalLong seq, Instant at, EventBody body) {}
