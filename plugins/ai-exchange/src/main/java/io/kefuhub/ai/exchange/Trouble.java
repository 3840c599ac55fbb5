package io.kefuhub.ai.exchange;

import java.util.Map;

/** What a provider's error means to the hub. */
public enum Trouble {
    RATE_LIMITED,
    OVERLOADED,
    CREDENTIALS,
    BALANCE,
    TOO_LONG,
    FILTERED,
    /** The question is wrong as it stands. */
    REFUSED,
    /** The provider has a fault. */
    BROKEN;

    private static final int WRONG = 400;
    private static final int FAULT = 500;

    private static final Map<Integer, Trouble> BY_STATUS = Map.of(
            401, CREDENTIALS,
            402, BALANCE,
            403, CREDENTIALS,
            408, OVERLOADED,
            413, TOO_LONG,
            429, RATE_LIMITED,
            451, FILTERED,
            503, OVERLOADED,
            529, OVERLOADED);

    /** Returns what a status means where the provider says nothing more exact. */
    public static Trouble of(int status) {
        return BY_STATUS.getOrDefault(status, status >= WRONG && status < FAULT ? REFUSED : BROKEN);
    }
}
