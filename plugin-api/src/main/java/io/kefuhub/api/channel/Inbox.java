package io.kefuhub.api.channel;

import java.time.Instant;

/** Where a channel brings everything that comes in. Safe for threads. Belongs to one generation of the channel. */
public interface Inbox {
    /**
     * Stores a message; returns when it is durable, which takes some milliseconds.
     *
     * <p>While the database is away it returns after a few seconds, in less than half of a question's deadline, with a
     * {@link Accepted.NotStored} that may be brought again. The message may be stored all the same as soon as the database
     * is back: so bring it again under the same external id. A repeat of an external id stores nothing and returns the
     * first result.
     */
    Accepted accept(Incoming incoming);

    /** Says that the connection that {@link Channel#listen} keeps is up, so that nothing is missed from now on. */
    void listening();

    /**
     * Says that something waits to be pulled, where no call of the platform said so: it may have been lost, or the platform
     * makes none.
     *
     * @param source given to {@link Channel#pull}, from 1 to 200 characters
     */
    void nudged(String source);

    /** Says that the customer types or has stopped; shown to agents, never stored. */
    void typing(String thread, boolean on);

    /** Says that the customer has seen everything up to and including a {@code seq}; a smaller one changes nothing. */
    void read(String thread, long upTo);

    /** Tells what became of a reply handed over earlier. */
    void receipt(String deliveryId, Delivered outcome);

    /** Stores what the customer thinks of a conversation; the score runs from 1 to 5. */
    void rating(String thread, int score, String text);

    /**
     * Stores what the customer thinks of one message that was said to them.
     *
     * @param messageId its {@link TimelineEvent.Entry#id}
     * @param score from 1 to 5
     * @return whether it was stored; it is not when this customer was never told such a message
     */
    boolean rating(String thread, String messageId, int score, String text);

    /** What became of a message brought in. */
    sealed interface Accepted {
        /**
         * It is stored.
         *
         * @param seq its place in the conversation
         * @param repeated whether it had been stored before
         */
        record Stored(String messageId, String conversationId, long seq, Instant at, boolean repeated)
                implements Accepted {}

        /**
         * Nothing was stored; the channel may say so to the customer.
         *
         * @param retry whether the same message may be brought again later
         */
        record NotStored(String reason, boolean retry) implements Accepted {}

        /**
         * Nothing was stored: this customer cannot see a message that {@link Incoming#replyTo} could mean. Where nobody
         * can be told, as behind a webhook, the hub stores the message without it instead.
         */
        record NoSuchMessage() implements Accepted {}
    }
}
