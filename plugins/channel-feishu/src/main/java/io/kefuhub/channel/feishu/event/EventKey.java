package io.kefuhub.channel.feishu.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The Encrypt Key: what signs the platform's calls and what their content is encrypted with. Immutable; names no secret. */
final class EventKey {
    private static final int BLOCK = 16;

    private final byte[] key;

    EventKey(String encryptKey) {
        this.key = encryptKey.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the signature is of these very bytes. */
    boolean signs(String timestamp, String nonce, byte[] body, String signature) {
        var hash = sha256();
        hash.update(timestamp.getBytes(StandardCharsets.UTF_8));
        hash.update(nonce.getBytes(StandardCharsets.UTF_8));
        hash.update(key);
        var expected = HexFormat.of().formatHex(hash.digest(body));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** Decrypts; empty for what was not encrypted with this key. */
    Optional<String> open(String encrypted) {
        try {
            var bytes = Base64.getDecoder().decode(encrypted);
            if (bytes.length < 2 * BLOCK || bytes.length % BLOCK != 0) return Optional.empty();
            var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(sha256().digest(key), "AES"),
                    new IvParameterSpec(Arrays.copyOf(bytes, BLOCK)));
            return Optional.of(new String(cipher.doFinal(bytes, BLOCK, bytes.length - BLOCK), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
