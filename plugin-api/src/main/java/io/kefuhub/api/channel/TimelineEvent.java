package io.kefuhub.api.channel;

import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that happened in a conversation, as its customer may see it. Immutable. */
public sealed interface TimelineEvent {
    /** Counts up by one within the conversation. */
    long seq();

    record MessageAdded(long seq, Entry message) implements TimelineEvent {}

    /** A message now reads differently. */
    record MessageUpdated(long seq, Entry message) implements TimelineEvent {}

    /**
     * @param agentName who joined; empty for the other states
     */
    record StateChanged(long seq, Timeline.State state, String agentName) implements TimelineEvent {}

    /** An agent has seen everything up to a {@code seq}. */
    record ReadByAgent(long seq, long upTo) implements TimelineEvent {}

    /**
     * A message in the timeline.
     *
     * @param externalId of a customer's own message
     * @param answerId names the drafts this message replaces
     * @param replyTo the message it replies to, where the customer said so
     */
    record Entry(
            String id,
            Author author,
            Instant at,
            List<Part> parts,
            Optional<String> externalId,
            Optional<String> answerId,
            Optional<Quote> replyTo) {
        public Entry {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A message that another one replies to, as it stood then.
     *
     * @param id its {@link Entry#id}
     * @param text its beginning, or the name of its file; empty when it has neither
     */
    record Quote(String id, Author author, String text) {}
}
