package io.kefuhub.core.models.routing;

/** Stands for a call that failed, where a library asks for an exception. */
final class FailedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final FailedCallException ONE = new FailedCallException();

    private FailedCallException() {
        super("a call failed", null, false, false);
    }
}
