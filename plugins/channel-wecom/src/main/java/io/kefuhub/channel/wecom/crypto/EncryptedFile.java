package io.kefuhub.channel.wecom.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Decrypts files of any size in little memory: those that an AI bot is sent come encrypted. */
public final class EncryptedFile {
    private static final int PIECE = 64 * 1024;
    private static final int MOST_PADDING = 32;

    private EncryptedFile() {}

    /**
     * Copies the content decrypted.
     *
     * @throws IOException also when the content cannot have been encrypted with this key; what was written then is of no
     *     use
     */
    public static void decrypt(CallbackKey key, InputStream encrypted, OutputStream plain) throws IOException {
        var cipher = key.cipher(Cipher.DECRYPT_MODE);
        var piece = new byte[PIECE];
        var held = new byte[0];
        for (var read = encrypted.readNBytes(piece, 0, PIECE); read > 0; read = encrypted.readNBytes(piece, 0, PIECE)) {
            if (read % cipher.getBlockSize() != 0) throw new IOException("not whole blocks");
            plain.write(held);
            var decrypted = cipher.update(piece, 0, read);
            // The last bytes may be padding: they wait until more comes.
            var kept = Math.min(MOST_PADDING, decrypted.length);
            plain.write(decrypted, 0, decrypted.length - kept);
            held = Arrays.copyOfRange(decrypted, decrypted.length - kept, decrypted.length);
        }
        plain.write(held, 0, held.length - padding(held));
    }

    private static int padding(byte[] end) throws IOException {
        var padding = end.length == 0 ? 0 : end[end.length - 1] & 0xFF;
        if (padding < 1 || padding > end.length) throw new IOException("not padded as this key would have it");
        for (var at = end.length - padding; at < end.length; at++) {
            if (end[at] != (byte) padding) throw new IOException("not padded as this key would have it");
        }
        return padding;
    }
}
