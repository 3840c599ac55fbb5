package io.kefuhub.simulators;

/** A way in which a platform can go wrong, to be switched on. */
public record FaultKind(String name, Side side, Words title) {
    public enum Side {
        /** What the hub is answered when it calls. */
        ANSWERS,
        /** What the hub is sent unasked. */
        CALLBACKS
    }
}
