package io.kefuhub.core.conversation;

/** Who speaks for the organisation in a conversation. */
public enum Mode {
    BOT,
    WAITING,
    AGENT,
    CLOSED
}
