package io.kefuhub.core.desk.drafts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an agent wants proposed. */
public enum DraftKind {
    /** A reply to what the customer said last. */
    SUGGEST,
    /** The agent's own words, better put. */
    IMPROVE,
    /** The agent's own words, shorter. */
    SHORTEN,
    /** The agent's own words in another language, the customer's unless one is named. */
    TRANSLATE,
    /** What the conversation is about, for whoever takes it over. */
    SUMMARY;

    /** Whether it works on words that the agent has written. */
    boolean needsText() {
        return this == IMPROVE || this == SHORTEN || this == TRANSLATE;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DraftKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
}
