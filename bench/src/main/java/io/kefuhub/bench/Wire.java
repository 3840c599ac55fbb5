package io.kefuhub.bench;

/** One of the two ways in which the widget protocol is written. Immutable. */
public interface Wire {
    /** What a frame of the hub means to a customer who counts. */
    sealed interface Seen {
        /** The hub has said hello. */
        record Welcome() implements Seen {}

        /** An event of the conversation; {@code answer} for a message that the bot wrote. */
        record Event(long seq, boolean answer, boolean menu) implements Seen {}

        /** The question is stored. */
        record Stored() implements Seen {}

        /** The hub wants to know whether anyone is there. */
        record Ping() implements Seen {}

        /** Said no to what was asked. */
        record Refused(String reason) implements Seen {}

        record Other() implements Seen {}
    }

    String subprotocol();

    /** Whether frames are binary. */
    boolean binary();

    /** Says hello, as somebody who has everything up to a {@code seq}; the conversation is empty before there is one. */
    byte[] hello(String conversation, long after);

    byte[] question(String cid, String text);

    byte[] pong();

    /** Reads what the load needs, at little cost. */
    Seen read(byte[] payload);

    /** Reads everything. */
    Told tell(byte[] payload);
}
