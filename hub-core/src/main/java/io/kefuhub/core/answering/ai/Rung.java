package io.kefuhub.core.answering.ai;

/** How far down a turn had to go for its answer; each one costs less and knows less. */
public enum Rung {
    /** The model of the first choice. */
    FULL("full"),
    CHEAPER("cheaper"),
    /** The best passage as it stands; no model. */
    EXTRACT("extract"),
    /** Entries that may be meant, to choose from. */
    MENU("menu"),
    /** A person, and the promise that one will come. */
    PROMISE("promise");

    private final String key;

    Rung(String key) {
        this.key = key;
    }

    /** As it stands in traces. */
    public String key() {
        return key;
    }
}
