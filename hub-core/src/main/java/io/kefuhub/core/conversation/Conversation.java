package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import java.time.Instant;
import java.util.Optional;

/** One thread of a channel, as a row says at one moment. Immutable. */
public record Conversation(
        ConversationId id,
        Place place,
        Standing standing,
        Marks marks,
        Last last,
        Heard heard,
        LanguagePair languages,
        Instant openedAt) {
    /** Where it takes place. */
    public record Place(DeskId desk, ChannelId channel, String thread, ContactId contact) {}

    /**
     * Who speaks in it.
     *
     * @param epoch raised whenever the speaker changes; a reply made under an earlier one is not sent
     * @param waitingSince present while it waits for a person
     * @param revision raised whenever a message is taken back or changed; an answer made under an earlier one is made again
     */
    public record Standing(
            Mode mode, int epoch, Optional<Assignee> assignee, Optional<Instant> waitingSince, int revision) {
        Standing revised() {
            return new Standing(mode, epoch, assignee, waitingSince, revision + 1);
        }
    }

    /**
     * How far it and its readers have come.
     *
     * @param seq of the last event the customer may see
     * @param feed of the last event
     * @param unread messages of the customer after the agents' read mark
     */
    public record Marks(long seq, long feed, long customerRead, long agentRead, int unread) {}

    /**
     * What was said last.
     *
     * @param text its beginning, at most 200 characters
     * @param author the name of a {@link Speaker.Kind}; empty before the first message
     */
    public record Last(String text, String author, Instant at) {}

    /**
     * When the customer was heard, and what they were told since.
     *
     * @param at when they last wrote, by the platform's clock, but never later than now; empty before their first message
     * @param replies that were sent since or are on their way; counted only where the channel allows so many
     */
    public record Heard(Optional<Instant> at, int replies) {
        static final Heard NEVER = new Heard(Optional.empty(), 0);
    }

    /** What the customer speaks. */
    public Language language() {
        return languages.customer();
    }

    public Mode mode() {
        return standing.mode();
    }

    public int epoch() {
        return standing.epoch();
    }

    public int revision() {
        return standing.revision();
    }
}
