package io.kefuhub.core.answering.knowledge;

/** What became of an edit. */
public sealed interface Saved {
    /** It is stored; the entry as it is now, or as it was before it was deleted. */
    record Done(KnowledgeEntry entry) implements Saved {}

    /** There is no such entry. */
    record Gone() implements Saved {}

    /** Somebody else changed it meanwhile; the entry as it is. */
    record Stale(KnowledgeEntry entry) implements Saved {}

    /** A file declares it; it is changed there. */
    record Managed(String file) implements Saved {}

    /** Another entry of the desk asks the same in the same language. */
    record AskedAlready(KnowledgeEntry other) implements Saved {}
}
