package io.kefuhub.channel.web.identity;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Makes what must not be guessed. Safe for threads. */
public final class Secrets {
    private static final Pattern VISITOR_TOKEN = Pattern.compile("vt_[A-Za-z0-9_-]{43}");
    private final SecureRandom random = new SecureRandom();

    /** A visitor's token: 256 random bits. */
    public String visitorToken() {
        return "vt_" + random(32);
    }

    public String visitorId() {
        return "v_" + random(16);
    }

    public String ticket() {
        return "tk_" + random(16);
    }

    /** A secret to sign with. */
    public String signingSecret() {
        return random(32);
    }

    /** Whether a text could be a visitor's token; whether it is one only the store knows. */
    public static boolean looksLikeToken(String text) {
        return VISITOR_TOKEN.matcher(text).matches();
    }

    /** What is kept instead of a token. */
    public static String hash(String token) {
        return Signing.sha256Hex(token);
    }

    private String random(int bytes) {
        var value = new byte[bytes];
        random.nextBytes(value);
        return Signing.base64(value);
    }
}
