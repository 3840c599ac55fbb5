package io.kefuhub.channel.web.frame;

/** What came in cannot be understood. Says how a socket is to be closed for it; over HTTP it is a 400. */
public final class BadFrame extends Exception {
    private static final long serialVersionUID = 1L;

    /** Not a frame: a mistake of the client's, which should not try the same again at once. */
    public static final int MALFORMED = 4000;

    /** Bytes where text is spoken, or the reverse. */
    public static final int WRONG_KIND = 1003;

    private final int closeCode;

    public BadFrame(int closeCode, String reason) {
        super(reason, null, false, false);
        this.closeCode = closeCode;
    }

    static BadFrame malformed(String reason) {
        return new BadFrame(MALFORMED, reason);
    }

    public int closeCode() {
        return closeCode;
    }

    /** A few words that repeat nothing of the input. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
