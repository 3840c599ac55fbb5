package io.kefuhub.core.conversation;

/** How far a message has come. A customer's takes the first six, a reply HELD and the last four. */
public enum MessageState {
    /** Stored, not yet decided on. */
    RECEIVED,
    ANSWERED,
    /** For a person. */
    WAITING,
    /** Kept by a filter for review. */
    HELD,
    /** Turned away by a filter. */
    REFUSED,
    /** Who wrote it has taken it back; nothing takes it further. */
    TAKEN_BACK,
    /** On its way to the platform. */
    READY,
    SENT,
    FAILED,
    /** Made too late; kept as a draft that only agents see. */
    DISCARDED
}
