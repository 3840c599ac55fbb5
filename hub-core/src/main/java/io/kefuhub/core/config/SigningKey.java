package io.kefuhub.core.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Signs what is to be provable outside the database, by Ed25519. Its private half never leaves {@code data/audit.key};
 * the public half lies beside what it signed. Safe for threads.
 */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final String BROKEN = "must hold an Ed25519 key in base64; restore it from a backup";

    private final PrivateKey key;
    private final String publicHalf;

    private SigningKey(PrivateKey key, String publicHalf) {
        this.key = key;
        this.publicHalf = publicHalf;
    }

    /** Opens the key of a home; it is made when it is opened for the first time. */
    public static SigningKey of(Home home) {
        var file = home.data().resolve("audit.key");
        try {
            if (!Files.exists(file)) create(file);
            var lines = Files.readAllLines(file);
            if (lines.size() < 2) throw new ConfigException("audit.key", BROKEN);
            var encoded = Base64.getDecoder().decode(lines.getFirst().strip());
            var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(key, lines.get(1).strip());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException("audit.key", BROKEN, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The public half in base64, as {@link #signed} wants it. */
    public String publicHalf() {
        return publicHalf;
    }

    /** A signature in base64. */
    public String sign(byte[] text) {
        try {
            var signing = Signature.getInstance(ALGORITHM);
            signing.initSign(key);
            signing.update(text);
            return Base64.getEncoder().encodeToString(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** Whether a text was signed by the one with this public half. */
    public static boolean signed(String publicHalf, byte[] text, String signature) {
        try {
            var verifying = Signature.getInstance(ALGORITHM);
            verifying.initVerify(open(publicHalf));
            verifying.update(text);
            return verifying.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static PublicKey open(String publicHalf) throws GeneralSecurityException {
        var encoded = Base64.getDecoder().decode(publicHalf);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        var base64 = Base64.getEncoder();
        var unfinished = file.resolveSibling("audit.key.unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                unfinished,
                base64.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                        + base64.encodeToString(pair.getPublic().getEncoded()) + "\n");
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
