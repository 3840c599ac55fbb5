package io.kefuhub.api.filter;

/** Why a filter is asked. */
public enum Stage {
    /** A customer wrote it. */
    CUSTOMER_IN,
    /** The hub will say it. */
    BOT_OUT,
    /** An agent will say it. */
    AGENT_OUT,
    /** It is about to leave for a model. */
    TO_MODEL,
    /** Somebody will look at it who works here and may not see personal data; a hold or a block hides all of it. */
    TO_AGENT
}
