package io.kefuhub.ai.exchange;

/** What the provider sends is nothing that could be read on. Caught where the exchange is. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
