package io.kefuhub.channel.wecom.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** WeCom's signatures: SHA-1 in lower-case hexadecimal. */
public final class Signature {
    private Signature() {}

    /** Signs a callback. */
    public static String of(String token, String timestamp, String nonce, String encrypted) {
        return sha1(Stream.of(token, timestamp, nonce, encrypted).sorted().reduce("", String::concat));
    }

    /** Signs a page that uses the platform's scripts, as {@code wx.config} wants it. */
    public static String ofPage(String ticket, String nonce, String timestamp, String address) {
        return sha1("jsapi_ticket=" + ticket + "&noncestr=" + nonce + "&timestamp=" + timestamp + "&url=" + address);
    }

    /** Compares in a time that tells nothing of where they differ. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha1(String text) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-1", e);
        }
    }
}
