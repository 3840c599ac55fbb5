package io.kefuhub.core.models;

/** What a model is asked for; the books and the plots tell them apart. */
public enum Purpose {
    /** A customer's turn. */
    ANSWER,
    /** The rolling summary of a conversation. */
    SUMMARY,
    /** Words proposed to an agent. */
    DRAFT,
    TRANSLATION,
    /** Another program of the organisation, by the public interface. */
    GATEWAY,
    /** An admin who tries a deployment. */
    TEST,
    EMBEDDING
}
