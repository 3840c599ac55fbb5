package io.kefuhub.core.audit.chain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * One link of the chain. Immutable, but for the arrays, which nobody changes.
 *
 * @param number from 1, without gaps
 * @param previous the hash of the link before; zeros for the first
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Arrays alone
record Link(long number, Sealed sealed, byte[] previous, byte[] hash) {
    private static final byte[] NOTHING = new byte[Digests.LENGTH];

    /** A row by its table and key, and when it says it was written. */
    record RowId(String table, String id, Instant at) {}

    /**
     * What a link says.
     *
     * @param day in UTC, of the sealing; never before that of the link before
     * @param version of the encoding
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(LocalDate day, RowId row, int version, byte[] rowHash, Instant at) {}

    /** Seals a row behind another link, or as the first. */
    static Link after(Optional<Link> before, RowId row, byte[] rowHash, Instant now) {
        var at = now.truncatedTo(ChronoUnit.MICROS);
        var today = at.atZone(ZoneOffset.UTC).toLocalDate();
        var day = before.map(link -> link.sealed.day())
                .filter(last -> last.isAfter(today))
                .orElse(today);
        var previous = before.map(Link::hash).orElse(NOTHING);
        var sealed = new Sealed(day, row, Digests.VERSION, rowHash, at);
        return new Link(before.map(Link::number).orElse(0L) + 1, sealed, previous, Digests.link(previous, sealed));
    }

    /** Whether it still is what it was made as. */
    boolean isWhole() {
        return Arrays.equals(hash, Digests.link(previous, sealed));
    }

    boolean follows(Optional<Link> before) {
        return Arrays.equals(previous, before.map(Link::hash).orElse(NOTHING));
    }
}
