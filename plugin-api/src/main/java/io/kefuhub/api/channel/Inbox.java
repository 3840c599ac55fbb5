package io.kefuhub.api.channel;

import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;

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

    /**
     * Stores what a colleague said to the customer in the platform's own client; returns when it is durable, and says the
     * same as {@link #accept}. From then on a person speaks: the hub answers nothing more by itself, unless an agent of the
     * hub has the conversation, who keeps it. It ends with {@link #colleagueLeft}, or when an agent takes, hands back or
     * closes the conversation.
     */
    Accepted said(ByColleague message);

    /**
     * Says that no colleague looks after a conversation in the platform's own client any more: the hub answers again.
     * Changes nothing where an agent of the hub has it.
     *
     * @throws UnavailableException when it is not stored: bring it again
     */
    void colleagueLeft(String thread);

    /**
     * Says that a message was taken back by who wrote it; returns when that is durable. Agents see that it was, and no text;
     * an automatic answer to it that is still to be made or sent is called off. What was taken back stays so. It may come
     * before its message, and counts for that when it comes; a repeat changes nothing. Only what came in by this channel
     * can be taken back.
     *
     * @param externalId of the message, as it was accepted or will be
     * @param at when the platform says it was taken back
     * @throws UnavailableException when it is not stored: bring it again
     */
    void takenBack(String externalId, Instant at);

    /**
     * Says how a message reads now that its author has changed it; returns when that is durable. Filters judge it first: what
     * they would not let through changes nothing but that agents see that there was a change. A question that is not answered
     * yet is answered as it reads now; one that is, is not answered again. It may come before its message, and counts for
     * that when it comes.
     *
     * @param externalId of the message, as it was accepted or will be
     * @param parts at least one
     * @param at when the platform says it was changed; what is not later than the last change changes nothing
     * @throws UnavailableException when it is not stored: bring it again
     */
    void edited(String externalId, List<Part> parts, Instant at);

    /** Says that the connection that {@link Channel#listen} keeps is up, so that nothing is missed from now on. */
    void listening();

    /**
     * Says that the platform does not let the connection that {@link Channel#listen} keeps come up, or has taken it away, and
     * that trying again will not help: a wrong secret, another program in its place. The channel's page says so at once, until
     * {@link #listening} or another generation serves; said again in the same words, it changes nothing.
     *
     * @param setting the key of the one that is wrong; empty where none is
     * @param reason for an admin, with what to do; never a secret
     */
    void refused(String setting, Localized reason);

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
