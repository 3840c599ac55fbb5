package io.kefuhub.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals keys, tokens and credentials before they go into the database, with a key that is not in it. Safe for threads.
 *
 * <p>AES-256-GCM with a fresh nonce each time. What is sealed for one place cannot be opened as if it were for another.
 */
public final class SecretBox {
    private static final String VERSION = "v1:";
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Opens the box of a home; its key, {@code data/secret.key}, is made when it is opened for the first time. */
    public static SecretBox of(Home home) {
        var file = home.data().resolve("secret.key");
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            var key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length != KEY) {
                throw new ConfigException("secret.key", "must hold 32 bytes in base64; restore it from a backup");
            }
            return new SecretBox(key);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("secret.key", "must hold 32 bytes in base64; restore it from a backup", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Seals a text.
     *
     * @param place where it is kept, for instance {@code channel/<id>/token}; needed again to open it
     */
    public String seal(String place, String text) {
        return VERSION + Base64.getEncoder().encodeToString(seal(place, text.getBytes(UTF_8)));
    }

    /** Seals bytes: the nonce, what is sealed, the tag. */
    public byte[] seal(String place, byte[] plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain);
            var all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /**
     * Opens what was sealed for the same place.
     *
     * @throws UnreadableSecretException when it was sealed with another key, for another place, or was changed since
     */
    public String open(String place, String sealed) {
        if (!sealed.startsWith(VERSION)) {
            throw new UnreadableSecretException(place);
        }
        try {
            return new String(open(place, Base64.getDecoder().decode(sealed.substring(VERSION.length()))), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnreadableSecretException(place);
        }
    }

    /** Opens bytes that were sealed for the same place. */
    public byte[] open(String place, byte[] sealed) {
        try {
            var nonce = Arrays.copyOf(sealed, NONCE);
            return cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableSecretException(place);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(UTF_8));
        return cipher;
    }

    private static void create(Path file) throws IOException {
        var key = new byte[KEY];
        new SecureRandom().nextBytes(key);
        var unfinished = file.resolveSibling("secret.key.unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, Base64.getEncoder().encodeToString(key) + "\n");
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
