package io.kefuhub.channel.wecom.crypto;

import io.kefuhub.api.Localized;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens what the platform calls with, and seals what it is answered. Nothing of a call is used before its signature was
 * found right. Immutable; safe for threads.
 */
public final class Callbacks {
    /** The platform repeats a call within seconds, so this is time enough for it and for clocks that differ. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    private static final int RANDOM = 16;
    private static final int LENGTH = 4;

    private final String token;
    private final CallbackKey key;
    private final String receiveId;
    private final InstantSource clock;
    private final Consumer<byte[]> random;

    /**
     * @param receiveId whom calls must be meant for: the corp id; empty for AI bots
     */
    public Callbacks(String token, CallbackKey key, String receiveId, InstantSource clock) {
        this(token, key, receiveId, clock, new SecureRandom()::nextBytes);
    }

    Callbacks(String token, CallbackKey key, String receiveId, InstantSource clock, Consumer<byte[]> random) {
        this.token = token;
        this.key = key;
        this.receiveId = receiveId;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens a call.
     *
     * @param encrypted as it came, in Base64
     */
    public Opened open(Proof proof, String encrypted) {
        if (encrypted.isEmpty()) return refused("nothing is encrypted in it", "其中没有加密内容");
        var signature = Signature.of(token, proof.timestamp(), proof.nonce(), encrypted);
        if (!Signature.equal(signature, proof.signature())) {
            return refused(
                    "its signature is wrong; is the Token the one in the WeCom console?", "签名错误，请核对 Token 是否与管理后台一致");
        }
        if (!isFresh(proof.timestamp())) {
            return refused(
                    "it was signed more than 5 minutes ago or ahead; is the clock of this server right?",
                    "签名时间与本机相差超过 5 分钟，请检查服务器时钟");
        }
        return decoded(encrypted)
                .flatMap(key::decrypt)
                .<Opened>map(this::read)
                .orElseGet(() -> refused(
                        "it cannot be decrypted; is the EncodingAESKey the one in the WeCom console?",
                        "无法解密，请核对 EncodingAESKey 是否与管理后台一致"));
    }

    private boolean isFresh(String timestamp) {
        try {
            var at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(at, clock.instant()).abs().compareTo(FRESH) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException _) {
            return false;
        }
    }

    private static Optional<byte[]> decoded(String encrypted) {
        try {
            return Optional.of(Base64.getDecoder().decode(encrypted));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Opened read(byte[] block) {
        if (block.length < RANDOM + LENGTH) return refused("it is too short", "内容过短");
        var length = ByteBuffer.wrap(block, RANDOM, LENGTH).getInt();
        if (length < 0 || length > block.length - RANDOM - LENGTH) {
            return refused("it says it is longer than it is", "声明的长度大于实际长度");
        }
        var end = RANDOM + LENGTH + length;
        var receiver = Arrays.copyOfRange(block, end, block.length);
        if (!Arrays.equals(receiver, receiveId.getBytes(StandardCharsets.UTF_8))) {
            return refused("it is meant for another corp; is the corp id right?", "接收方不是本企业，请核对企业 ID");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(block, RANDOM + LENGTH, length));
            return new Opened.Genuine(text.toString());
        } catch (CharacterCodingException _) {
            return refused("it is not UTF-8", "不是 UTF-8 编码");
        }
    }

    private static Opened refused(String en, String zh) {
        return new Opened.Refused(Localized.of(en, zh));
    }

    /** Seals an answer, signed now. */
    public Sealed seal(String plain) {
        var nonce = new byte[8];
        random.accept(nonce);
        var timestamp = String.valueOf(clock.instant().getEpochSecond());
        return seal(plain, timestamp, HexFormat.of().formatHex(nonce));
    }

    Sealed seal(String plain, String timestamp, String nonce) {
        var text = plain.getBytes(StandardCharsets.UTF_8);
        var receiver = receiveId.getBytes(StandardCharsets.UTF_8);
        var prefix = new byte[RANDOM];
        random.accept(prefix);
        var block = ByteBuffer.allocate(RANDOM + LENGTH + text.length + receiver.length)
                .put(prefix)
                .putInt(text.length)
                .put(text)
                .put(receiver);
        var encrypted = Base64.getEncoder().encodeToString(key.encrypt(block.array()));
        return new Sealed(encrypted, Signature.of(token, timestamp, nonce, encrypted), timestamp, nonce);
    }

    /** An answer that only the platform can read. */
    public record Sealed(String encrypted, String signature, String timestamp, String nonce) {}
}
