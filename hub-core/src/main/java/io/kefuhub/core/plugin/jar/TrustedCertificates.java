package io.kefuhub.core.plugin.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates in a folder, PEM or DER, read anew each time so that a change counts at once. Safe for threads. */
record TrustedCertificates(Path folder) {
    private static final Logger log = LoggerFactory.getLogger(TrustedCertificates.class);
    private static final long LARGEST = 1024 * 1024;

    Set<X509Certificate> read() {
        var all = new HashSet<X509Certificate>();
        if (!Files.isDirectory(folder)) return all;
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) all.addAll(read(file));
        } catch (IOException e) {
            log.warn("The folder of trusted certificates {} cannot be read: {}", folder, e.toString());
        }
        return all;
    }

    private static List<X509Certificate> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) throw new CertificateException("it is too large");
            var content = new ByteArrayInputStream(Files.readAllBytes(file));
            return CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException e) {
            log.warn("{} holds no certificate that can be read, so it makes nobody trusted: {}", file, e.getMessage());
            return List.of();
        }
    }

    /** The public authorities that come with Java. */
    static Set<X509Certificate> ofThisJava() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((@Nullable KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(one -> Arrays.stream(((X509TrustManager) one).getAcceptedIssuers()))
                    .collect(Collectors.toSet());
        } catch (GeneralSecurityException _) {
            return Set.of();
        }
    }
}
