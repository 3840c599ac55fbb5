package io.kefuhub.core.answering.passages;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A text that is to have a vector, named by half of its SHA-256. A vector belongs to a text and not to where it stands: what
 * is moved, uploaded again or on two desks is paid for once.
 */
record TextKey(UUID key, String text) {
    static TextKey of(String text) {
        var digest = ByteBuffer.wrap(DigestUtils.sha256(text));
        return new TextKey(new UUID(digest.getLong(), digest.getLong()), text);
    }
}
