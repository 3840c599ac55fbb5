package io.kefuhub.channel.wecom.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts what is kept with the secret it belongs to, so that it opens for nothing else. Immutable. */
final class TokenBox {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private final SecretKeySpec key;

    TokenBox(Credentials credentials) {
        var text = credentials.corpId() + "\n" + credentials.secret();
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            key = new SecretKeySpec(digest, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }

    String close(String text) {
        var nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        try {
            var closed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            var all = ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed);
            return Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES/GCM", e);
        }
    }

    /** Empty when it was closed for another secret. */
    Optional<String> open(String closed) {
        try {
            var all = Base64.getDecoder().decode(closed);
            if (all.length < NONCE) return Optional.empty();
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE));
            var text = cipher.doFinal(all, NONCE, all.length - NONCE);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
