package io.kefuhub.api.channel;

import java.time.Duration;

/**
 * How a channel sends. Immutable.
 *
 * <p>The hub decides by the window and the replies in it before an answer is made: what would not be taken is not paid for,
 * the last reply of a window is kept for a person, and an agent is told what is left and refused what is not. Each part of
 * a {@link Delivery} counts as one reply, so a channel that counts sends each part as one message. The window begins with
 * {@link Incoming#at}, so a message that comes late opens only what is left of it.
 *
 * @param delivery whether replies are handed to {@link Channel#deliver} or read from the {@link Timeline}
 * @param streaming how an answer may be shown while it is made
 * @param textLimit characters ({@code char}s) of one text; the hub splits longer ones, where a reader would pause
 * @param window how long after a customer's last message it may still be answered; the longest duration for ever
 * @param repliesPerWindow how many replies one window allows; {@link Integer#MAX_VALUE} where they are not counted
 * @param repeats what the platform makes of a reply that is handed over twice
 */
public record Abilities(
        DeliveryKind delivery,
        Streaming streaming,
        int textLimit,
        Duration window,
        int repliesPerWindow,
        Repeats repeats) {
    /** How a reply reaches the customer. */
    public enum DeliveryKind {
        /** The hub calls {@link Channel#deliver} for every reply. */
        PUSHED,
        /** Customers read the timeline; a reply has been handed over when it is committed. */
        READ_FROM_TIMELINE
    }

    /** How an answer may be shown while it is made. */
    public sealed interface Streaming {
        /** Only whole. */
        record Whole() implements Streaming {}

        /**
         * As drafts over a live connection.
         *
         * @param perSecond how many at most
         */
        record Live(int perSecond) implements Streaming {}

        /**
         * By changing what was sent.
         *
         * @param pause between two changes; the hub makes at most one a second
         * @param most changes of one answer, the last one among them
         */
        record Edits(Duration pause, int most) implements Streaming {}

        /** The platform fetches the growing answer, and shows by itself that it waits for one. */
        record Fetched() implements Streaming {}

        /**
         * As several messages, one after the other, where what was sent can neither grow nor be changed. Each but the last ends
         * with a sentence, has 60 characters at least, and is handed over as a {@link Delivery} of its own, 1.2 seconds or more
         * before the next; the last one holds all the rest.
         *
         * @param most messages of one answer, 2 at least; 3 is usual
         */
        record Chunks(int most) implements Streaming {
            public Chunks {
                if (most < 2) throw new IllegalArgumentException("an answer in one message is sent whole");
            }
        }
    }

    /**
     * What the platform makes of a reply that is handed over twice. Decides what the hub does when a delivery threw, was
     * late, or was under way when the hub was killed: the reply may have arrived or not.
     */
    public enum Repeats {
        /** It shows the reply once: the channel gives it {@link Delivery#id} as a key against doubles. The hub repeats. */
        RECOGNISED,
        /** It would show the reply twice. The hub does not repeat: the reply ends as failed, and agents see why. */
        NOT_RECOGNISED
    }

    public Abilities {
        if (textLimit < 1 || repliesPerWindow < 1 || window.isNegative()) {
            throw new IllegalArgumentException("abilities out of bounds");
        }
        if (streaming instanceof Streaming.Chunks && delivery != DeliveryKind.PUSHED) {
            throw new IllegalArgumentException("only what is pushed goes in several messages");
        }
    }

    /** Abilities of a platform that is not known to recognise repeats. */
    public Abilities(DeliveryKind delivery, Streaming streaming, int textLimit, Duration window, int repliesPerWindow) {
        this(delivery, streaming, textLimit, window, repliesPerWindow, Repeats.NOT_RECOGNISED);
    }

    /** A channel whose customers read the timeline. */
    public static Abilities readFromTimeline(int textLimit, Streaming streaming) {
        return new Abilities(
                DeliveryKind.READ_FROM_TIMELINE,
                streaming,
                textLimit,
                Duration.ofSeconds(Long.MAX_VALUE),
                Integer.MAX_VALUE);
    }

    /** A channel that sends each reply whole, whenever it likes, to a platform not known to recognise repeats. */
    public static Abilities pushed(int textLimit) {
        return new Abilities(
                DeliveryKind.PUSHED,
                new Streaming.Whole(),
                textLimit,
                Duration.ofSeconds(Long.MAX_VALUE),
                Integer.MAX_VALUE);
    }

    public Abilities withStreaming(Streaming other) {
        return new Abilities(delivery, other, textLimit, window, repliesPerWindow, repeats);
    }

    public Abilities withRepeats(Repeats known) {
        return new Abilities(delivery, streaming, textLimit, window, repliesPerWindow, known);
    }
}
