package io.kefuhub.core.answering.passages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A text that is to have a vector, named by half of its SHA-256. A vector belongs to a text and not to where it stands: what
 * is moved, uploaded again or on two desks is paid for once.
 */
record TextKey(UUID key, String text) {
    static TextKey of(String text) {
        try {
            var digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
            return new TextKey(new UUID(digest.getLong(), digest.getLong()), text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
