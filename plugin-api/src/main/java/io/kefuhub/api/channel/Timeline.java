package io.kefuhub.api.channel;

import io.kefuhub.api.message.Part;
import java.util.List;
import java.util.Optional;

/** What a channel's customers may see of their conversations. Safe for threads. */
public interface Timeline {
    /** Looks up the conversation of a thread; empty before its first message. */
    Optional<Thread> find(String thread);

    /** Returns events after a {@code seq}, oldest first, at most the limit (1 to 500). Recent ones come from memory. */
    List<TimelineEvent> after(String conversationId, long seq, int limit);

    /** Returns the last events before a {@code seq}, oldest first, at most the limit (1 to 500). */
    List<TimelineEvent> before(String conversationId, long seq, int limit);

    /** Tells the follower whenever something is new, until the subscription is closed. */
    Subscription follow(String conversationId, Follower follower);

    /**
     * A conversation as its customer sees it.
     *
     * @param lastSeq of its newest event
     * @param unread messages after the customer's read mark that are not theirs
     */
    record Thread(String conversationId, long lastSeq, State state, long customerReadSeq, int unread) {}

    /** Who answers. */
    enum State {
        BOT,
        WAITING_FOR_AGENT,
        WITH_AGENT,
        CLOSED
    }

    /** Called from threads of the hub; must not wait. */
    interface Follower {
        /** Events up to this {@code seq} are committed; a lost call costs delay only, as the next one tells more. */
        void advanced(long lastSeq);

        /** An agent types or has stopped; an empty name when not to be told. */
        void typing(String agentName, boolean on);

        /**
         * The answer so far; gone when the message that names the same answer comes, or the text is empty. None comes while
         * a person speaks.
         */
        void draft(String answerId, String text);

        /** How it stands with an answer that takes its time: told anew before 5 seconds are over, and when it ends. */
        default void working(Work work) {}
    }

    /**
     * What may be shown while an answer is made, and is gone with it. Immutable.
     *
     * @param answerId as in the drafts of the answer
     * @param on whether it is still being made
     * @param words a line to show beside the wait; empty for none
     * @param offers what may be meant; a customer chooses one by saying its text
     */
    record Work(String answerId, boolean on, String words, List<Part.Menu.Option> offers) {
        public Work {
            offers = List.copyOf(offers);
        }
    }

    /** Ends with {@link #close}. */
    interface Subscription extends AutoCloseable {
        /** The {@code seq} of the newest event when following began; the follower hears of those after it. */
        long lastSeq();

        @Override
        void close();
    }
}
