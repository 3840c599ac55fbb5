package io.kefuhub.bench.proof;

/** The hub broke a promise; the message says which. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
        super(message);
    }
}
