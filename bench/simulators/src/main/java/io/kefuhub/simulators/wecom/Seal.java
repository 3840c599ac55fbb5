package io.kefuhub.simulators.wecom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How WeCom signs and encrypts callbacks. Immutable.
 *
 * @param aesKey the 43 characters of the admin console
 * @param receiver the receive id inside: the company, or empty for bots
 */
record Seal(String token, String aesKey, String receiver) {
    private static final int BLOCK = 32;
    private static final int RANDOM = 16;
    private static final SecureRandom CHANCE = new SecureRandom();

    /** What was sealed is not what it should be; the message says why. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }

    Seal forSomebodyElse() {
        return new Seal(
                token,
                aesKey,
                receiver.isEmpty()
                        ? "ww0000000000000000"
                        : "ww" + receiver.substring(2).replace('0', '9'));
    }

    String sign(String timestamp, String nonce, String sealed) {
        var parts = new String[] {token, timestamp, nonce, sealed};
        Arrays.sort(parts);
        try {
            var sum = MessageDigest.getInstance("SHA-1")
                    .digest(String.join("", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String close(String message) {
        var random = new byte[RANDOM];
        CHANCE.nextBytes(random);
        return close(message, random);
    }

    String close(String message, byte[] random) {
        var text = message.getBytes(StandardCharsets.UTF_8);
        var to = receiver.getBytes(StandardCharsets.UTF_8);
        var block = ByteBuffer.allocate(RANDOM + 4 + text.length + to.length);
        block.put(random).putInt(text.length).put(text).put(to);
        return Base64.getEncoder().encodeToString(encrypt(key(), block.array()));
    }

    String open(String sealed) throws BrokenException {
        byte[] cipher;
        try {
            cipher = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            throw new BrokenException("it is not Base64");
        }
        var plain = ByteBuffer.wrap(decrypt(key(), cipher));
        if (plain.remaining() < RANDOM + 4) throw new BrokenException("it is too short");
        plain.position(RANDOM);
        var length = plain.getInt();
        if (length < 0 || length > plain.remaining()) throw new BrokenException("its length is wrong");
        var text = new byte[length];
        plain.get(text);
        var to = new byte[plain.remaining()];
        plain.get(to);
        if (!new String(to, StandardCharsets.UTF_8).equals(receiver))
            throw new BrokenException("it is for somebody else");
        return new String(text, StandardCharsets.UTF_8);
    }

    byte[] key() {
        return Base64.getDecoder().decode(aesKey + "=");
    }

    /** Files of bots: no length and no receiver around them. */
    static byte[] encrypt(byte[] key, byte[] plain) {
        var fill = BLOCK - plain.length % BLOCK;
        var padded = Arrays.copyOf(plain, plain.length + fill);
        Arrays.fill(padded, plain.length, padded.length, (byte) fill);
        try {
            return cipher(Cipher.ENCRYPT_MODE, key).doFinal(padded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for a file of any size. */
    static void encrypt(byte[] key, Path plain, Path sealed) throws IOException {
        var fill = (int) (BLOCK - Files.size(plain) % BLOCK);
        var padding = new byte[fill];
        Arrays.fill(padding, (byte) fill);
        try (var out = new CipherOutputStream(Files.newOutputStream(sealed), cipher(Cipher.ENCRYPT_MODE, key))) {
            Files.copy(plain, out);
            out.write(padding);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] decrypt(byte[] key, byte[] sealed) throws BrokenException {
        if (sealed.length == 0 || sealed.length % 16 != 0) throw new BrokenException("its size is wrong");
        byte[] padded;
        try {
            padded = cipher(Cipher.DECRYPT_MODE, key).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        var fill = padded[padded.length - 1] & 0xff;
        if (fill < 1 || fill > BLOCK || fill > padded.length) throw new BrokenException("its padding is wrong");
        for (var i = padded.length - fill; i < padded.length; i++) {
            if ((padded[i] & 0xff) != fill) throw new BrokenException("its padding is wrong");
        }
        return Arrays.copyOf(padded, padded.length - fill);
    }

    private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
        return cipher;
    }
}
