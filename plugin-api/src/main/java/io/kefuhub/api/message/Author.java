package io.kefuhub.api.message;

/** Who said something, as a customer may see it. */
public sealed interface Author {
    record Customer() implements Author {}

    record Bot() implements Author {}

    /**
     * @param name what customers call this person; never an account name or an address
     */
    record Agent(String name) implements Author {}

    /** The hub itself, about the conversation. */
    record Hub() implements Author {}
}
