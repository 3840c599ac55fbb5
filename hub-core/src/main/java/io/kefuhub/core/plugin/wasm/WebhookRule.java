package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.web.WebRequest;
import io.kefuhub.core.plugin.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the hub tells a genuine call of a platform, as a manifest declares it: a keyed hash of the body, and of the time
 * where the platform signs one. Immutable.
 *
 * @param header that carries the signature, in lower case
 * @param prefix before the signature in it; may be empty
 * @param base64 whether it is written so; else in hex
 * @param secret the key of the setting that holds the secret
 * @param timeHeader that carries the time in seconds; empty where none is signed
 * @param between what stands between time and body where they are hashed
 * @param maxAge of a call
 */
record WebhookRule(
        String header,
        String prefix,
        boolean base64,
        String secret,
        String timeHeader,
        String between,
        Duration maxAge) {
    private static final String ALGORITHM = "HmacSHA256";
    private static final List<String> FIELDS =
            List.of("header", "prefix", "encoding", "secret", "timeHeader", "between", "maxAgeSeconds");
    private static final int USUAL_AGE = 300;

    static WebhookRule read(ManifestNode node) throws RefusedException {
        node.mayHave(FIELDS);
        return new WebhookRule(
                node.text("header").orElse("x-signature").toLowerCase(java.util.Locale.ROOT),
                node.text("prefix").orElse(""),
                node.oneOf("encoding", Set.of("hex", "base64")).orElse("hex").equals("base64"),
                node.text("secret").orElse("secret"),
                node.text("timeHeader").orElse("").toLowerCase(java.util.Locale.ROOT),
                node.text("between").orElse("."),
                Duration.ofSeconds(node.number("maxAgeSeconds", 1, 86_400).orElse(USUAL_AGE)));
    }

    /** Why a call is not genuine; empty for one that is. */
    Optional<String> objection(WebRequest request, byte[] body, Map<String, String> settings, Instant now) {
        var key = settings.getOrDefault(secret, "");
        // Nothing that is signed with an empty key is believed.
        if (key.isEmpty()) return Optional.of("no secret is set");
        var given = request.header(header).orElse("");
        if (!given.startsWith(prefix)) return Optional.of("signature");
        var time = timeHeader.isEmpty() ? Optional.<String>empty() : request.header(timeHeader);
        if (!timeHeader.isEmpty()
                && time.filter(text -> text.matches("\\d{1,12}")).isEmpty()) {
            return Optional.of("time");
        }
        var expected = sign(key, time, body);
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                given.substring(prefix.length()).getBytes(StandardCharsets.UTF_8))) {
            return Optional.of("signature");
        }
        var age = time.map(text -> Duration.between(Instant.ofEpochSecond(Long.parseLong(text)), now)
                .abs());
        return age.filter(it -> it.compareTo(maxAge) > 0).map(_ -> "stale");
    }

    private String sign(String key, Optional<String> time, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            time.ifPresent(text -> mac.update((text + between).getBytes(StandardCharsets.UTF_8)));
            var hash = mac.doFinal(body);
            return base64
                    ? Base64.getEncoder().encodeToString(hash)
                    : HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
