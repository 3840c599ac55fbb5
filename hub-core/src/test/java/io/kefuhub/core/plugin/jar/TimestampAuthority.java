package io.kefuhub.core.plugin.jar;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;

/** Tells the time under a signature, as RFC 3161 has it, over HTTP on this machine. */
final class TimestampAuthority implements AutoCloseable {
    private static final ASN1ObjectIdentifier SIGNED_DATA = oid("1.2.840.113549.1.7.2");
    private static final ASN1ObjectIdentifier TIME = oid("1.2.840.113549.1.9.16.1.4");
    private static final ASN1ObjectIdentifier CONTENT_TYPE = oid("1.2.840.113549.1.9.3");
    private static final ASN1ObjectIdentifier MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4");
    private static final ASN1Encodable SHA256 = sequence(oid("2.16.840.1.101.3.4.2.1"));
    private static final ASN1Encodable SHA256_WITH_ECDSA = sequence(oid("1.2.840.10045.4.3.2"));

    private final KeyStore.PrivateKeyEntry key;
    private final HttpServer server;

    TimestampAuthority(KeyStore.PrivateKeyEntry key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var answer = answer(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private byte[] answer(byte[] request) throws IOException, GeneralSecurityException {
        var asked = ASN1Sequence.getInstance(request);
        var nonce = StreamSupport.stream(asked.spliterator(), false)
                .skip(2)
                .filter(ASN1Integer.class::isInstance)
                .findFirst()
                .orElseThrow();
        var time = sequence(
                new ASN1Integer(1),
                oid("1.2.3.4"),
                asked.getObjectAt(1),
                new ASN1Integer(7),
                new DERGeneralizedTime(new Date()),
                nonce);
        return sequence(sequence(new ASN1Integer(0)), sequence(SIGNED_DATA, explicit(signed(time))))
                .getEncoded(ASN1Encoding.DER);
    }

    private ASN1Encodable signed(ASN1Primitive time) throws IOException, GeneralSecurityException {
        var content = time.getEncoded(ASN1Encoding.DER);
        var digest = MessageDigest.getInstance("SHA-256").digest(content);
        var attributes = new DERSet(vector(
                sequence(CONTENT_TYPE, new DERSet(TIME)),
                sequence(MESSAGE_DIGEST, new DERSet(new DEROctetString(digest)))));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivateKey());
        signature.update(attributes.getEncoded(ASN1Encoding.DER));
        var own = (X509Certificate) key.getCertificate();
        var issuer = ASN1Primitive.fromByteArray(own.getIssuerX500Principal().getEncoded());
        var signer = sequence(
                new ASN1Integer(1),
                sequence(issuer, new ASN1Integer(own.getSerialNumber())),
                SHA256,
                new DERTaggedObject(false, 0, attributes),
                SHA256_WITH_ECDSA,
                new DEROctetString(signature.sign()));
        var certificates = new ASN1EncodableVector();
        for (var certificate : key.getCertificateChain()) {
            certificates.add(ASN1Primitive.fromByteArray(certificate.getEncoded()));
        }
        return sequence(
                new ASN1Integer(3),
                new DERSet(SHA256),
                sequence(TIME, explicit(new DEROctetString(content))),
                new DERTaggedObject(false, 0, new DERSet(certificates)),
                new DERSet(signer));
    }

    private static ASN1ObjectIdentifier oid(String text) {
        return new ASN1ObjectIdentifier(text);
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(vector(parts));
    }

    private static ASN1EncodableVector vector(ASN1Encodable... parts) {
        var vector = new ASN1EncodableVector();
        for (var part : parts) vector.add(part);
        return vector;
    }

    private static DERTaggedObject explicit(ASN1Encodable part) {
        return new DERTaggedObject(true, 0, part);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
