package io.kefuhub.channel.web.identity;

import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges the tokens by which a site's own server says who its customer is: JWTs, always HMAC-SHA256, whatever they say
 * of themselves. Immutable, safe for threads.
 */
public final class IdentityTokens {
    private static final String AUDIENCE = "hub-widget";
    private static final long SKEW = 60;
    private static final long LONGEST_LIFE = Duration.ofHours(1).toSeconds();
    private static final int LONGEST = 4096;
    private static final int MOST_ATTRIBUTES = 20;
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,39}");
    private static final Pattern THREE_PIECES = Pattern.compile("[^.]+\\.[^.]+\\.[^.]+");

    private final List<Key> keys;
    private final boolean legacy;

    /**
     * @param keys the newest first; none refuses everything
     * @param legacy whether a bare hash of the user's id is believed too; it never expires
     */
    public IdentityTokens(List<Key> keys, boolean legacy) {
        this.keys = List.copyOf(keys);
        this.legacy = legacy;
    }

    /**
     * A secret shared with the site's server.
     *
     * @param id chosen by the {@code kid} of a token; empty when the site gives none
     */
    public record Key(String id, String secret) {
        byte[] bytes() {
            return secret.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /** What became of a token. */
    public sealed interface Verdict {
        record Believed(Identity identity) implements Verdict {}

        /**
         * @param reason for logs and developers; repeats nothing of the token
         */
        record Refused(String reason) implements Verdict {}
    }

    public Verdict judge(String token, Instant now) {
        if (keys.isEmpty()) return new Verdict.Refused("this channel takes no identities");
        if (token.length() > LONGEST || !THREE_PIECES.matcher(token).matches()) {
            return new Verdict.Refused("not a token");
        }
        try {
            var signed = token.substring(0, token.lastIndexOf('.'));
            var header = object(signed.substring(0, signed.indexOf('.')));
            var signature = Signing.strictBase64(token.substring(token.lastIndexOf('.') + 1));
            if (!header.text("alg").equals("HS256") || header.has("crit")) return new Verdict.Refused("not HS256");
            if (signature.isEmpty() || !signedBy(header.find("kid"), signed, signature.get())) {
                return new Verdict.Refused("the signature is wrong");
            }
            return claims(object(signed.substring(signed.indexOf('.') + 1)), now.getEpochSecond());
        } catch (BadFrame e) {
            return new Verdict.Refused("not a token: " + e.reason());
        }
    }

    /** Judges the older form: hex HMAC-SHA256 of the user's id. */
    public Verdict judgeHash(String user, String hash) {
        if (!legacy || keys.isEmpty()) return new Verdict.Refused("this channel takes no user hashes");
        if (!Identity.isSubject(user)) return new Verdict.Refused("not a user id");
        for (var key : keys) {
            if (Signing.same(Signing.hmacHex(key.bytes(), user), hash)) {
                return new Verdict.Believed(new Identity(user, "", Map.of()));
            }
        }
        return new Verdict.Refused("the hash is wrong");
    }

    private boolean signedBy(Optional<String> kid, String signed, byte[] signature) {
        return keys.stream()
                .filter(key -> kid.isEmpty() || key.id().equals(kid.get()))
                .anyMatch(key -> MessageDigest.isEqual(Signing.hmac(key.bytes(), signed), signature));
    }

    private static Verdict claims(JsonObject claims, long now) throws BadFrame {
        var subject = claims.text("sub");
        if (!Identity.isSubject(subject)) return new Verdict.Refused("sub is empty or too long");
        if (!claims.text("aud").equals(AUDIENCE)) return new Verdict.Refused("aud is another");
        var issued = claims.number("iat");
        var expires = claims.number("exp");
        if (issued > now + SKEW) return new Verdict.Refused("iat lies ahead");
        if (expires + SKEW <= now) return new Verdict.Refused("exp is past");
        if (expires > issued + LONGEST_LIFE) return new Verdict.Refused("exp is more than an hour after iat");
        var attributes = new LinkedHashMap<String, String>();
        var more = claims.object("attributes").map(JsonObject::members).orElse(Map.of());
        if (more.size() > MOST_ATTRIBUTES) return new Verdict.Refused("attributes are more than " + MOST_ATTRIBUTES);
        for (var one : more.entrySet()) {
            if (!ATTRIBUTE.matcher(one.getKey()).matches() || !(one.getValue() instanceof String value)) {
                return new Verdict.Refused("attributes are no texts by name");
            }
            attributes.put(one.getKey(), Identity.label(value));
        }
        for (var name : List.of("email", "phone")) {
            claims.find(name).map(Identity::label).ifPresent(value -> attributes.put(name, value));
        }
        return new Verdict.Believed(new Identity(subject, claims.find("name").orElse(""), attributes));
    }

    private static JsonObject object(String piece) throws BadFrame {
        var bytes = Signing.strictBase64(piece);
        if (bytes.isEmpty()) throw new BadFrame(BadFrame.MALFORMED, "not base64url");
        return Json.read(bytes.get());
    }
}
