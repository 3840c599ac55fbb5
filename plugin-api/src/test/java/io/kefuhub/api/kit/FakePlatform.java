package io.kefuhub.api.kit;

import java.util.List;

/** The other side of a channel that sends, as its test plays it; written by the channel's author. Safe for threads. */
public interface FakePlatform {
    /** The texts a customer of the thread sees, in order. */
    List<String> shown(String thread);

    /** Takes the next message and then loses the answer, so that the channel cannot know that it arrived. */
    void loseNextAnswer();

    /** What the channel has to fetch before it may send. */
    Applicable<Tokens> tokens();

    /** How the platform says that it was sent too much. */
    Applicable<Limit> limit();

    /** What the channel sends besides words. */
    Applicable<Files> files();

    /** Tokens of the platform's. */
    interface Tokens {
        /** Takes none of those any more that were fetched so far. */
        void revoke();

        /** How many were fetched so far. */
        int fetched();
    }

    /** A limit of the platform's. */
    interface Limit {
        /** Takes the next message for one too many: refuses it, and says so as documented. */
        void refuseNext();
    }

    /** Files that the platform takes. */
    interface Files {
        /** The size of the largest that it takes, in bytes. */
        long largest();

        /** How many bytes of files it was brought so far, with or without what stands around them; keeps none. */
        long brought();
    }
}
