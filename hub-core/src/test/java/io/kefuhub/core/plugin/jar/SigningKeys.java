package io.kefuhub.core.plugin.jar;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Keys made by the JDK's keytool, and jars signed with them by the JDK's jarsigner. */
public final class SigningKeys {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path file;

    private SigningKeys(Path file) {
        this.file = file;
    }

    public static SigningKeys in(Path folder) {
        return new SigningKeys(folder.resolve("keys.p12"));
    }

    /** Makes a key whose certificate names it. */
    public SigningKeys with(String name, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", name, "-dname", "CN=" + name + ", O=Example", "-keyalg", "EC"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(said);
        return this;
    }

    X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return (X509Certificate) store().getCertificate(name);
    }

    KeyStore.PrivateKeyEntry entry(String name) throws IOException, GeneralSecurityException {
        return (KeyStore.PrivateKeyEntry) store().getEntry(name, new KeyStore.PasswordProtection(PASSWORD));
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    public void writeDer(String name, Path to) throws IOException, GeneralSecurityException {
        Files.write(to, certificate(name).getEncoded());
    }

    void writePem(Path to, String... names) throws IOException, GeneralSecurityException {
        var text = new StringBuilder();
        for (var name : names) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(certificate(name).getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(to, text);
    }

    public Path sign(Path jar, String name) throws IOException, GeneralSecurityException {
        return sign(jar, name, new JarSigner.Builder(entry(name)));
    }

    Path signWithTime(Path jar, String name, URI authority) throws IOException, GeneralSecurityException {
        return sign(jar, name, new JarSigner.Builder(entry(name)).tsa(authority));
    }

    private static Path sign(Path jar, String name, JarSigner.Builder signer) throws IOException {
        var signed = Files.createTempFile(jar.getParent(), "signed", ".jar");
        try (var from = new ZipFile(jar.toFile());
                var to = Files.newOutputStream(signed)) {
            signer.signerName(name.toUpperCase(Locale.ROOT)).build().sign(from, to);
        }
        return Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
