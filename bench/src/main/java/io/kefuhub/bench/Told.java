package io.kefuhub.bench;

/** A frame of the hub, read in full. Immutable. */
public sealed interface Told {
    /** @param conversation empty before there is one */
    record Welcome(String conversation, long from, long lastSeq) implements Told {}

    record Happened(Event event) implements Told {}

    /** What was sent is stored. */
    record Stored(String messageId, long seq, String conversation) implements Told {}

    /** @param retry whether the same may be sent again */
    record Refused(String code, boolean retry, String text) implements Told {}

    /** More was missed than is sent again. */
    record Reset(long lastSeq) implements Told {}

    record Ping() implements Told {}

    record Other() implements Told {}
}
