package io.kefuhub.simulators.feishu;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for everything the platform makes, which look random. Those given for a word are the same each time and from one
 * start to the next, so that a hub that lives longer knows its customers again; all others never come twice. Safe for
 * threads.
 */
final class Ids {
    private final String seed;
    private final String start = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    Ids(String seed) {
        this.seed = seed;
    }

    /** A new one, of at most 64 digits. */
    String hex(int digits) {
        return hex(start + count.incrementAndGet(), digits);
    }

    /** The one of this word, of at most 64 digits. */
    String hex(String word, int digits) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest((seed + '\n' + word).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new one, of 19 decimal digits. */
    String decimal() {
        return "7" + String.format("%018d", Long.parseLong(hex(15), 16) % 1_000_000_000_000_000_000L);
    }
}
