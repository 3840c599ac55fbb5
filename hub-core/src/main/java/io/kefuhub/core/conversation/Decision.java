package io.kefuhub.core.conversation;

import java.util.Locale;

/** What a person decided about a message that was kept for review. */
public enum Decision {
    /** It goes on as if the filter had let it pass. */
    RELEASED,
    /** It goes on, and reads differently. */
    MASKED,
    /** It goes no further, and its author is told. */
    REFUSED,
    /** A person takes the conversation to answer. */
    ANSWERED;

    /** As the API and the audit call it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
