package io.kefuhub.channel.feishu;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.kit.Requests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and signs as the platform does. */
final class Sealed {
    private static final byte[] IV = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final String NONCE = "8fa1c2d3";

    private Sealed() {}

    static Requests call(String plain, Instant at) {
        return signed(encrypted(plain), at);
    }

    static String encrypted(String plain) {
        try {
            var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            var key = sha256().digest(Wired.ENCRYPT_KEY.getBytes(StandardCharsets.UTF_8));
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(IV));
            var all = new ByteArrayOutputStream();
            all.writeBytes(IV);
            all.writeBytes(cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
            return Json.write(Map.of("encrypt", Base64.getEncoder().encodeToString(all.toByteArray())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Requests signed(String body, Instant at) {
        var time = String.valueOf(at.getEpochSecond());
        var hash = sha256();
        hash.update((time + NONCE + Wired.ENCRYPT_KEY).getBytes(StandardCharsets.UTF_8));
        var signature = HexFormat.of().formatHex(hash.digest(body.getBytes(StandardCharsets.UTF_8)));
        return Requests.post("/webhooks/fs_demo", body)
                .withHeader("X-Lark-Request-Timestamp", time)
                .withHeader("X-Lark-Request-Nonce", NONCE)
                .withHeader("X-Lark-Signature", signature);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
