package io.kefuhub.core.audit.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the chain, version 1.
 *
 * <p>All are SHA-256 over fields one after another. A field is its length in bytes as four bytes, the highest first, and
 * then its text in UTF-8; what is null is the length -1 and no text. Hashes inside are their 32 bytes as they are.
 */
final class Digests {
    static final int VERSION = 1;
    static final int LENGTH = 32;

    private final MessageDigest digest = DigestUtils.getSha256Digest();

    private Digests() {}

    /** Of a row: {@code kefuhub-row-1}, its table, its fields in their order. */
    static byte[] row(String table, List<@Nullable String> fields) {
        var hash = new Digests().add("kefuhub-row-" + VERSION).add(table);
        fields.forEach(hash::add);
        return hash.digest.digest();
    }

    /**
     * Of a link: {@code kefuhub-link-1}, the hash of the link before, the day, the table, the row's id, its moment, its hash,
     * and the moment of sealing. The number is not in it: the order is what each holds of the one before.
     */
    static byte[] link(byte[] previous, Link.Sealed sealed) {
        var hash = new Digests().add("kefuhub-link-" + sealed.version());
        hash.digest.update(previous);
        hash.add(sealed.day().toString())
                .add(sealed.row().table())
                .add(sealed.row().id())
                .add(micros(sealed.row().at()));
        hash.digest.update(sealed.rowHash());
        return hash.add(micros(sealed.at())).digest.digest();
    }

    static byte[] text(String text) {
        return new Digests().digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String micros(Instant moment) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
    }

    private Digests add(@Nullable String field) {
        if (field == null) {
            digest.update(length(-1));
        } else {
            var bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(length(bytes.length));
            digest.update(bytes);
        }
        return this;
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }
}
