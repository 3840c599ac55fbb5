package io.kefuhub.core.plugin.jar;

import static java.util.stream.Collectors.toSet;

import io.kefuhub.core.plugin.jar.Signature.Trust;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.Timestamp;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Judges signers by the certificates in a folder: a signer's own, or of an authority that vouches for it. Safe for
 * threads; revocation is not asked for, since the hub calls nobody on its own: take the certificate out instead.
 */
final class SignerTrust {
    private static final String SIGNING_CODE = "1.3.6.1.5.5.7.3.3";
    private static final String TELLING_TIME = "1.3.6.1.5.5.7.3.8";
    private static final String ANYTHING = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;

    private final TrustedCertificates certificates;
    private final InstantSource clock;

    SignerTrust(TrustedCertificates certificates, InstantSource clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * @param signers who have all signed every entry; at least one
     */
    Signature.Signed judge(List<CodeSigner> signers) {
        var trusted = certificates.read();
        var judged = signers.stream().map(signer -> judge(signer, trusted)).toList();
        return judged.stream().filter(Signature.Signed::trusted).findFirst().orElse(judged.getFirst());
    }

    private Signature.Signed judge(CodeSigner signer, Collection<X509Certificate> trusted) {
        var path = signer.getSignerCertPath();
        var own = own(path);
        return new Signature.Signed(name(own), fingerprint(own), trust(path, signer.getTimestamp(), trusted));
    }

    private Trust trust(CertPath path, @Nullable Timestamp stamp, Collection<X509Certificate> trusted) {
        var own = own(path);
        if (vouchedFor(path, trusted, clock.instant()) || (stamp != null && isBelieved(stamp, path, trusted))) {
            return mayBeUsedFor(own, SIGNING_CODE) ? Trust.TRUSTED : Trust.NOT_FOR_CODE;
        }
        return vouchedFor(path, trusted, own.getNotBefore().toInstant()) ? Trust.OUT_OF_DATE : Trust.NOT_TRUSTED;
    }

    /** Whether it signed while it was vouched for. Public authorities may say when, though not who may sign a plugin. */
    private boolean isBelieved(Timestamp stamp, CertPath path, Collection<X509Certificate> trusted) {
        var then = stamp.getTimestamp().toInstant();
        var teller = stamp.getSignerCertPath();
        return !then.isAfter(clock.instant())
                && vouchedFor(path, trusted, then)
                && isNamed(own(teller), TELLING_TIME)
                && (vouchedFor(teller, trusted, then) || vouchedFor(teller, TrustedCertificates.ofThisJava(), then));
    }

    private static boolean vouchedFor(CertPath path, Collection<X509Certificate> trusted, Instant when) {
        var own = own(path);
        if (trusted.contains(own)) return isValid(own, when);
        var authorities = trusted.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .collect(toSet());
        try {
            var chain = path.getCertificates().stream()
                    .takeWhile(certificate -> !authorities.contains(certificate))
                    .toList();
            if (authorities.isEmpty()) return false;
            var parameters = new PKIXParameters(authorities.stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(when));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant when) {
        try {
            certificate.checkValidity(Date.from(when));
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }

    /** A certificate that does not say what it is for may be used for everything. */
    private static boolean mayBeUsedFor(X509Certificate certificate, String purpose) {
        var usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) return false;
        try {
            var purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(purpose) || purposes.contains(ANYTHING);
        } catch (CertificateParsingException _) {
            return false;
        }
    }

    private static boolean isNamed(X509Certificate certificate, String purpose) {
        try {
            var purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(purpose);
        } catch (CertificateParsingException _) {
            return false;
        }
    }

    private static X509Certificate own(CertPath path) {
        return (X509Certificate) path.getCertificates().getFirst();
    }

    private static String name(X509Certificate certificate) {
        var whole = certificate.getSubjectX500Principal().getName();
        try {
            return new LdapName(whole)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            .findFirst()
                            .orElse(whole);
        } catch (InvalidNameException _) {
            return whole;
        }
    }

    private static String fingerprint(Certificate certificate) {
        try {
            var hash = DigestUtils.sha256(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no bytes", e);
        }
    }
}
