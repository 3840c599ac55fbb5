package io.kefuhub.core.answering.documents.reading;

/** A document cannot be read, for a reason its owner understands. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    public UnreadableException(Trouble trouble) {
        super(trouble.code(), null, false, false);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
