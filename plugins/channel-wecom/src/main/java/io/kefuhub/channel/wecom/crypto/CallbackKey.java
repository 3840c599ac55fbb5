package io.kefuhub.channel.wecom.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of 32 bytes for AES in CBC mode with blocks padded to 32 bytes; its own first half is the initial vector. So
 * it is for callbacks and for the files of AI bots. Immutable; names no secret.
 */
public final class CallbackKey {
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9]{43}");
    private static final int BYTES = 32;
    private static final int CIPHER_BLOCK = 16;

    /** What the platform pads to: not the cipher's block, so that the JDK's own padding would not do. */
    private static final int BLOCK = 32;

    private final byte[] key;

    private CallbackKey(byte[] key) {
        this.key = key;
    }

    /** Reads an EncodingAESKey as the console shows it: 43 letters and digits; empty when it is anything else. */
    public static Optional<CallbackKey> parse(String encoded) {
        if (!ENCODED.matcher(encoded).matches()) return Optional.empty();
        return ofBase64(encoded + "=");
    }

    /** Reads a key in standard Base64, such as of one file; empty when it is anything else. */
    public static Optional<CallbackKey> ofBase64(String base64) {
        try {
            var key = Base64.getDecoder().decode(base64);
            return key.length == BYTES ? Optional.of(new CallbackKey(key)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Returns what was encrypted, without the padding; empty when it cannot have been encrypted with this key. */
    public Optional<byte[]> decrypt(byte[] encrypted) {
        if (encrypted.length == 0 || encrypted.length % CIPHER_BLOCK != 0) return Optional.empty();
        return unpadded(apply(Cipher.DECRYPT_MODE, encrypted));
    }

    public byte[] encrypt(byte[] plain) {
        var padding = BLOCK - plain.length % BLOCK;
        var padded = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        return apply(Cipher.ENCRYPT_MODE, padded);
    }

    private static Optional<byte[]> unpadded(byte[] block) {
        var padding = block[block.length - 1] & 0xFF;
        if (padding < 1 || padding > BLOCK || padding > block.length) return Optional.empty();
        for (var at = block.length - padding; at < block.length; at++) {
            if (block[at] != (byte) padding) return Optional.empty();
        }
        return Optional.of(Arrays.copyOf(block, block.length - padding));
    }

    private byte[] apply(int mode, byte[] bytes) {
        try {
            return cipher(mode).doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CBC failed on whole blocks", e);
        }
    }

    /** A cipher that leaves the padding to whoever reads its stream. */
    Cipher cipher(int mode) {
        try {
            var cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, CIPHER_BLOCK));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES/CBC", e);
        }
    }

    @Override
    public String toString() {
        return "CallbackKey";
    }
}
