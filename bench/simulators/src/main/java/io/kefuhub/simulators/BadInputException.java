package io.kefuhub.simulators;

/** Whoever drives the simulator asked for something that cannot be; the message says what. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }
}
