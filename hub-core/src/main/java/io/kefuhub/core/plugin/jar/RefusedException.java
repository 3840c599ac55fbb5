package io.kefuhub.core.plugin.jar;

/** A jar is not taken; the message says why, in an admin's words. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
