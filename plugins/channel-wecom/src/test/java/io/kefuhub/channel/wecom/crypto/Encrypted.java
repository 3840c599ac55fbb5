package io.kefuhub.channel.wecom.crypto;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;

/** Encrypts files as the platform does, while they are read. */
public final class Encrypted {
    private static final int BLOCK = 32;

    private Encrypted() {}

    public static InputStream with(CallbackKey key, InputStream plain, long size) {
        var padding = new byte[(int) (BLOCK - size % BLOCK)];
        Arrays.fill(padding, (byte) padding.length);
        return new CipherInputStream(
                new SequenceInputStream(plain, new ByteArrayInputStream(padding)), key.cipher(Cipher.ENCRYPT_MODE));
    }
}
