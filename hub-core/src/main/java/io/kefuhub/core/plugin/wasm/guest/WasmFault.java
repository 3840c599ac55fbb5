package io.kefuhub.core.plugin.wasm.guest;

/** A guest did not answer as it should; the message says in a few words what it did. It carries no stack trace. */
public final class WasmFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What a guest can do wrong. */
    public enum Kind {
        /** Its code failed: unreachable, out of bounds, a division by zero, too deep a recursion. */
        TRAP,
        /** It was stopped because its time was up. */
        TIME_UP,
        /** It ended itself. */
        EXIT,
        /** It asked for something that it may not have. */
        REFUSED,
        /** It said itself that it failed. */
        ERROR,
        /** What goes in or what comes out is longer than it may be. */
        TOO_LONG,
        /** What it answered cannot be used. */
        ANSWER,
        /** It could not be started at all. */
        START
    }

    public WasmFault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
