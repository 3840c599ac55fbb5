package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What Feishu does to an event before it is posted: AES-256-CBC under the hash of the encrypt key, and a hash as signature. */
final class Seal {
    static final int IV_BYTES = 16;

    private final String encryptKey;

    Seal(String encryptKey) {
        this.encryptKey = encryptKey;
    }

    /** Base64 of the IV followed by the ciphertext. */
    String encrypt(byte[] iv, byte[] plain) {
        var sealed = aes(Cipher.ENCRYPT_MODE, iv, plain);
        var all = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, all, iv.length, sealed.length);
        return Base64.getEncoder().encodeToString(all);
    }

    byte[] decrypt(String encrypted) {
        var all = Base64.getDecoder().decode(encrypted);
        var iv = Arrays.copyOf(all, IV_BYTES);
        return aes(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(all, IV_BYTES, all.length));
    }

    /** Lower-case hex of SHA-256 over timestamp, nonce, key and the body as it is sent. */
    String signature(String timestamp, String nonce, byte[] body) {
        var digest = sha256();
        digest.update((timestamp + nonce + encryptKey).getBytes(UTF_8));
        return HexFormat.of().formatHex(digest.digest(body));
    }

    private byte[] aes(int mode, byte[] iv, byte[] input) {
        var key = sha256().digest(encryptKey.getBytes(UTF_8));
        try {
            var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not sealed with this key", e);
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
