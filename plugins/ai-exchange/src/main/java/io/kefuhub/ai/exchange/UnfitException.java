package io.kefuhub.ai.exchange;

/** A question cannot be put in the provider's words; nothing was sent. */
public final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnfitException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
