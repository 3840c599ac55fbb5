package io.kefuhub.core.audit.chain;

import io.kefuhub.core.config.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * What the end of the chain was at a moment, signed. Immutable.
 *
 * @param number of the last link
 * @param table of the row that link seals, and {@code row} its id, so that it has a name when it is gone
 * @param hash of the last link, in hexadecimal
 * @param at when it was signed
 * @param before SHA-256 of the line before in the files, in hexadecimal; empty for the first
 * @param signature by Ed25519 over {@link #text}, in base64
 */
record Checkpoint(
        int version,
        long number,
        LocalDate day,
        String table,
        String row,
        String hash,
        Instant at,
        String before,
        String signature) {

    static Checkpoint of(Link head, Instant at, String before, SigningKey key) {
        var row = head.sealed().row();
        var plain = new Checkpoint(
                Digests.VERSION,
                head.number(),
                head.sealed().day(),
                row.table(),
                row.id(),
                HexFormat.of().formatHex(head.hash()),
                at,
                before,
                "");
        return plain.signed(key.sign(plain.text()));
    }

    private Checkpoint signed(String by) {
        return new Checkpoint(version, number, day, table, row, hash, at, before, by);
    }

    boolean isSignedBy(String publicHalf) {
        return SigningKey.signed(publicHalf, text(), signature);
    }

    boolean agreesWith(Link link) {
        return number == link.number() && hash.equals(HexFormat.of().formatHex(link.hash()));
    }

    /** What is signed: {@code kefuhub-checkpoint-1} and then all but the signature, a line each. */
    private byte[] text() {
        return String.join(
                        "\n",
                        "kefuhub-checkpoint-" + version,
                        Long.toString(number),
                        day.toString(),
                        table,
                        row,
                        hash,
                        at.toString(),
                        before)
                .getBytes(StandardCharsets.UTF_8);
    }
}
