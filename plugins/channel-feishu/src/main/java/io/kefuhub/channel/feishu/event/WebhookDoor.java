package io.kefuhub.channel.feishu.event;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Localized;
import io.kefuhub.api.web.WebRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Opens the platform's calls: the signature is compared before anything is read, and what is not encrypted is not read at
 * all. Safe for threads.
 */
public final class WebhookDoor {
    private static final int LARGEST = 1 << 20;

    private final String appId;
    private final EventKey key;
    private final String token;
    private final Duration freshness;
    private final InstantSource clock;

    /** What a call turned out to be. */
    public sealed interface Opened {
        /** The platform asks whether this address is the app's; it wants the same word back. */
        record Challenge(String word) implements Opened {}

        record Genuine(Event event) implements Opened {}

        /** @param reason for the admin's eyes; nothing of the call stands in it */
        record Refused(Localized reason) implements Opened {}
    }

    /** @param freshness how old a call may be, and how far ahead of this clock */
    public WebhookDoor(
            String appId, String encryptKey, String verificationToken, Duration freshness, InstantSource clock) {
        this.appId = appId;
        this.key = new EventKey(encryptKey);
        this.token = verificationToken;
        this.freshness = freshness;
        this.clock = clock;
    }

    public Opened open(WebRequest request) {
        if (!request.method().equals("POST")) return refused("not a POST", "不是 POST 请求");
        var body = body(request);
        if (body.isEmpty()) return refused("the body is too large", "请求体过大");
        var proof = Proof.of(request);
        if (proof.isPresent() && !proof.get().isOf(key, body.get())) {
            return refused(
                    "the signature is wrong: compare the Encrypt Key with the developer console",
                    "签名错误：请核对 Encrypt Key 与开发者后台是否一致");
        }
        var outer = Json.object(new String(body.get(), StandardCharsets.UTF_8));
        if (outer.isEmpty()) return refused("the body is not JSON", "请求体不是 JSON");
        var encrypted = outer.get().text("encrypt");
        if (encrypted.isEmpty()) {
            return refused(
                    "the call is not encrypted: set the Encrypt Key in the developer console",
                    "回调未加密：请在开发者后台设置 Encrypt Key");
        }
        var plain = key.open(encrypted.get()).flatMap(Json::object);
        if (plain.isEmpty()) {
            return refused(
                    "the call cannot be decrypted: compare the Encrypt Key with the developer console",
                    "无法解密：请核对 Encrypt Key 与开发者后台是否一致");
        }
        return opened(plain.get(), proof);
    }

    private Opened opened(JsonObject json, Optional<Proof> proof) {
        if (json.text("type", "").equals("url_verification")) {
            return isToken(json.text("token", "")) ? challenge(json) : wrongToken();
        }
        if (proof.isEmpty()) return refused("an event without a signature", "事件没有签名");
        if (!isFresh(proof.get().timestamp())) {
            return refused("the call is too old or ahead of time: check this server's clock", "回调已过期或时间超前：请检查服务器时钟");
        }
        var event = Event.of(json);
        if (!isToken(event.token())) return wrongToken();
        if (!event.appId().isEmpty() && !event.appId().equals(appId)) {
            return refused("the event is for another app: compare the App ID", "事件属于其他应用：请核对 App ID");
        }
        return new Opened.Genuine(event);
    }

    private static Opened challenge(JsonObject json) {
        return json.text("challenge")
                .<Opened>map(Opened.Challenge::new)
                .orElseGet(() -> refused("a verification without a challenge", "验证请求没有 challenge"));
    }

    private static Opened wrongToken() {
        return refused(
                "the token is wrong: compare the Verification Token with the developer console",
                "Verification Token 不一致：请与开发者后台核对");
    }

    private boolean isToken(String given) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isFresh(String timestamp) {
        try {
            var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(at, clock.instant()).abs().compareTo(freshness) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return false;
        }
    }

    private static Optional<byte[]> body(WebRequest request) {
        try {
            var bytes = request.body().readNBytes(LARGEST + 1);
            return bytes.length > LARGEST ? Optional.empty() : Optional.of(bytes);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Opened.Refused refused(String en, String zh) {
        return new Opened.Refused(Localized.of(en, zh));
    }

    /** The three headers by which a call is proved genuine. */
    private record Proof(String timestamp, String nonce, String signature) {
        static Optional<Proof> of(WebRequest request) {
            var timestamp = request.header("x-lark-request-timestamp");
            var nonce = request.header("x-lark-request-nonce");
            var signature = request.header("x-lark-signature");
            if (timestamp.isEmpty() || nonce.isEmpty() || signature.isEmpty()) return Optional.empty();
            return Optional.of(new Proof(timestamp.get(), nonce.get(), signature.get()));
        }

        boolean isOf(EventKey key, byte[] body) {
            return key.signs(timestamp, nonce, body, signature);
        }
    }
}
