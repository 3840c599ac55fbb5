package io.kefuhub.channel.wecom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names for the messages of a reply that the platform takes as keys against doubles: at most 32 letters, digits, hyphens
 * and underscores. Pure.
 */
public final class MessageIds {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern SHORT_FORM = Pattern.compile("[0-9a-zA-Z_-]{1,26}");
    private static final Pattern NAME = Pattern.compile("hu([0-9a-zA-Z_-]{22})-\\d{1,3}");
    private static final int UUID_BYTES = 16;

    private MessageIds() {}

    /** The name of a message within a reply. */
    public static String of(String delivery, int number) {
        if (UUID_FORM.matcher(delivery).matches()) {
            var uuid = UUID.fromString(delivery);
            var bytes = ByteBuffer.allocate(UUID_BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits());
            return "hu" + base64(bytes.array()) + "-" + number;
        }
        if (SHORT_FORM.matcher(delivery).matches()) return "hs" + delivery + "-" + number;
        return "hx" + base64(digest(delivery)).substring(0, 22) + "-" + number;
    }

    /** The reply that a message belongs to, by its id of the hub's form; empty when it belongs to none of the hub's. */
    public static Optional<String> delivery(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches() ? uuid(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> uuid(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != UUID_BYTES) return Optional.empty();
            var buffer = ByteBuffer.wrap(bytes);
            return Optional.of(new UUID(buffer.getLong(), buffer.getLong()).toString());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }
}
