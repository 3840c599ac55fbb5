package io.kefuhub.core.answering.knowledge;

import java.util.List;

/** What the knowledge of a desk has to say to a question. */
public sealed interface Found {
    /**
     * One entry answers the question; it may be sent without asking anyone.
     *
     * @param wording the question of the entry that was recognised
     * @param score 1 for an exact match, else the share of the wording that was asked for
     */
    record Direct(KnowledgeEntry entry, String wording, double score, Reason reason) implements Found {}

    /** Entries that may be meant, best first; between one and {@link #MENU}. */
    record Near(List<Candidate> candidates) implements Found {
        public Near {
            candidates = List.copyOf(candidates);
            if (candidates.isEmpty() || candidates.size() > MENU) throw new IllegalArgumentException("menu size");
        }
    }

    /** Nothing here comes near. */
    record Nothing() implements Found {}

    /** The longest menu that is offered. */
    int MENU = 4;

    /** Why an entry was believed. */
    enum Reason {
        /** The question is word for word one of the entry's, politeness apart. */
        EXACT,
        /** It says the same in almost the same words, and no other entry comes close. */
        ALIKE,
        /** It means the same in other words, and no other entry comes close. */
        MEANING
    }

    /** Why an entry that came near was not believed. */
    enum Doubt {
        NONE,
        /** Too little of the entry's question was asked. */
        TOO_LITTLE,
        /** The question holds words that the entry does not know. */
        UNKNOWN_WORDS,
        NUMBERS_DIFFER,
        NEGATION_DIFFERS,
        /** Another entry fits about as well. */
        NOT_ALONE
    }

    /** An entry that came near, with the wording that did. */
    record Candidate(KnowledgeEntry entry, String wording, double score, Doubt doubt) {}
}
