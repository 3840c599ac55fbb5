package io.kefuhub.channel.web.identity;

import io.kefuhub.api.kit.FakeClock;
import java.nio.charset.StandardCharsets;

/** Tokens as a site's server makes them, and as others would like to. */
public final class TestTokens {
    private TestTokens() {}

    public static String identity(String subject, String secret) {
        return IdentityTokensTest.signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims(subject), secret);
    }

    /** @param level what the site says of its customer besides */
    public static String identity(String subject, String level, String secret) {
        var claims = claims(subject).replaceFirst("}$", ",\"attributes\":{\"level\":\"" + level + "\"}}");
        return IdentityTokensTest.signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, secret);
    }

    public static String unsigned(String subject) {
        var header = Signing.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return header + "." + Signing.base64(claims(subject).getBytes(StandardCharsets.UTF_8)) + ".AA";
    }

    private static String claims(String subject) {
        var now = FakeClock.START.getEpochSecond();
        return "{\"sub\":\"" + subject + "\",\"name\":\"张三\",\"aud\":\"hub-widget\",\"iat\":" + now + ",\"exp\":"
                + (now + 3600) + "}";
    }
}
