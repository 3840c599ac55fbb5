package io.kefuhub.channel.wecom.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.kit.Requests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private static final Vectors.Callback VECTOR = Vectors.read().callbacks().get(1);
    private static final Instant SIGNED =
            Instant.ofEpochSecond(Long.parseLong(VECTOR.proof().timestamp()));
    private static final CallbackKey KEY = CallbackKey.parse(VECTOR.aesKey()).orElseThrow();

    private final Callbacks callbacks = at(SIGNED);

    @Test
    void a_signature_that_differs_in_any_digit_is_refused() {
        var signature = VECTOR.proof().signature();
        for (var at = 0; at < signature.length(); at++) {
            var other = signature.charAt(at) == '0' ? '1' : '0';
            var changed = signature.substring(0, at) + other + signature.substring(at + 1);

            assertRefused(callbacks, withSignature(changed), VECTOR.encrypted());
        }
    }

    @Test
    void another_time_or_nonce_than_the_signed_one_is_refused() {
        var proof = VECTOR.proof();

        assertRefused(callbacks, new Proof(proof.signature(), "1767225601", proof.nonce()), VECTOR.encrypted());
        assertRefused(callbacks, new Proof(proof.signature(), proof.timestamp(), "1893547217"), VECTOR.encrypted());
    }

    @Test
    void any_flipped_byte_of_what_is_encrypted_is_refused() {
        var bytes = Base64.getDecoder().decode(VECTOR.encrypted());
        for (var at = 0; at < bytes.length; at++) {
            var flipped = bytes.clone();
            flipped[at] ^= 1;

            assertRefused(callbacks, VECTOR.proof(), Base64.getEncoder().encodeToString(flipped));
        }
    }

    @Test
    void what_is_rightly_signed_for_another_corp_is_refused() {
        var other = new Callbacks(VECTOR.token(), KEY, "ww1a2b3c4d5e6f7082", InstantSource.fixed(SIGNED));
        var sealed = other.seal(VECTOR.plain());

        assertThat(open(callbacks, sealed))
                .isInstanceOfSatisfying(
                        Opened.Refused.class,
                        refused -> assertThat(refused.reason())
                                .hasToString("it is meant for another corp; is the corp id right?"));
        assertThat(open(other, sealed)).isInstanceOf(Opened.Genuine.class);
    }

    @Test
    void what_is_meant_for_a_corp_is_refused_where_nobody_in_particular_is_meant() {
        var bot = new Callbacks(VECTOR.token(), KEY, "", InstantSource.fixed(SIGNED));

        assertRefused(bot, VECTOR.proof(), VECTOR.encrypted());
    }

    @Test
    void a_missing_parameter_is_no_proof() {
        var whole = Requests.post("/webhooks/x", "")
                .withQuery("msg_signature", "a")
                .withQuery("timestamp", "1")
                .withQuery("nonce", "2");

        assertThat(Proof.in(whole.call())).isPresent();
        for (var name : whole.query().keySet())
            assertThat(Proof.in(whole.withQuery(name, "").call())).isEmpty();
        assertThat(Proof.in(Requests.get("/webhooks/x").call())).isEmpty();
    }

    @Test
    void nothing_encrypted_is_refused() {
        assertRefused(callbacks, signed(""), "");
    }

    @Test
    void what_is_no_base64_or_no_whole_blocks_is_refused_though_signed() {
        assertRefused(callbacks, signed("%%%"), "%%%");
        var odd = Base64.getEncoder().encodeToString(new byte[17]);
        assertRefused(callbacks, signed(odd), odd);
    }

    @Test
    void padding_of_none_or_more_than_a_block_is_refused_though_signed() {
        assertRefused(withLastByte(0));
        assertRefused(withLastByte(33));
        assertRefused(withLastByte(255));
    }

    @Test
    void a_length_beyond_the_end_or_below_nothing_is_refused_though_signed() {
        assertRefused(sealedRaw(block -> block.putInt(16, 10_000)));
        assertRefused(sealedRaw(block -> block.putInt(16, -1)));
        assertRefused(sealedRaw(block -> block.putInt(16, Integer.MAX_VALUE)));
        assertThat(open(callbacks, sealedRaw(block -> block))).isInstanceOf(Opened.Genuine.class);
    }

    @Test
    void what_was_signed_long_ago_or_is_to_come_is_refused() {
        var late = Callbacks.FRESH.plusSeconds(1);

        assertRefused(at(SIGNED.plus(late)), VECTOR.proof(), VECTOR.encrypted());
        assertRefused(at(SIGNED.minus(late)), VECTOR.proof(), VECTOR.encrypted());
        assertThat(at(SIGNED.plus(Callbacks.FRESH)).open(VECTOR.proof(), VECTOR.encrypted()))
                .isInstanceOf(Opened.Genuine.class);
    }

    @Test
    void a_time_that_is_none_is_refused_though_signed() {
        for (var time :
                new String[] {"soon", "99999999999999999999", String.valueOf(Long.MAX_VALUE), "-9223372036854775808"}) {
            var signature = Signature.of(VECTOR.token(), time, "n", VECTOR.encrypted());
            assertRefused(callbacks, new Proof(signature, time, "n"), VECTOR.encrypted());
        }
    }

    @Test
    void a_key_is_43_letters_and_digits() {
        assertThat(CallbackKey.parse(VECTOR.aesKey())).isPresent();
        assertThat(CallbackKey.parse("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2D"))
                .as("with spare bits set")
                .isPresent();
        assertThat(CallbackKey.parse("x".repeat(42))).isEmpty();
        assertThat(CallbackKey.parse("x".repeat(44))).isEmpty();
        assertThat(CallbackKey.parse("x".repeat(42) + "=")).isEmpty();
        assertThat(CallbackKey.parse("x".repeat(42) + "码")).isEmpty();
    }

    @Test
    void an_answer_is_sealed_with_the_hubs_own_time_and_another_nonce_each_time() {
        var clock = at(SIGNED.plus(Duration.ofSeconds(7)));

        var first = clock.seal("ok");
        var second = clock.seal("ok");

        assertThat(first.timestamp()).isEqualTo("1767225607");
        assertThat(first.nonce()).isNotEqualTo(second.nonce());
        assertThat(first.encrypted()).isNotEqualTo(second.encrypted());
        assertThat(open(clock, first)).isEqualTo(new Opened.Genuine("ok"));
    }

    private Callbacks.Sealed withLastByte(int value) {
        var bytes = new byte[64];
        bytes[63] = (byte) value;
        try {
            var encrypted = KEY.cipher(Cipher.ENCRYPT_MODE).doFinal(bytes);
            return sealed(Base64.getEncoder().encodeToString(encrypted));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Callbacks.Sealed sealedRaw(UnaryOperator<ByteBuffer> change) {
        var text = "hello".getBytes(StandardCharsets.UTF_8);
        var receiver = VECTOR.receiveId().getBytes(StandardCharsets.UTF_8);
        var block = ByteBuffer.allocate(20 + text.length + receiver.length)
                .put(new byte[16])
                .putInt(text.length)
                .put(text)
                .put(receiver);
        var encrypted = KEY.encrypt(change.apply(block).array());
        return sealed(Base64.getEncoder().encodeToString(encrypted));
    }

    private static Callbacks.Sealed sealed(String encrypted) {
        var proof = signed(encrypted);
        return new Callbacks.Sealed(encrypted, proof.signature(), proof.timestamp(), proof.nonce());
    }

    private static Proof signed(String encrypted) {
        var time = VECTOR.proof().timestamp();
        return new Proof(Signature.of(VECTOR.token(), time, "n", encrypted), time, "n");
    }

    private static Proof withSignature(String signature) {
        return new Proof(signature, VECTOR.proof().timestamp(), VECTOR.proof().nonce());
    }

    private void assertRefused(Callbacks.Sealed sealed) {
        assertThat(open(callbacks, sealed)).isInstanceOf(Opened.Refused.class);
    }

    private static void assertRefused(Callbacks callbacks, Proof proof, String encrypted) {
        assertThat(callbacks.open(proof, encrypted)).isInstanceOf(Opened.Refused.class);
    }

    private static Opened open(Callbacks callbacks, Callbacks.Sealed sealed) {
        return callbacks.open(new Proof(sealed.signature(), sealed.timestamp(), sealed.nonce()), sealed.encrypted());
    }

    private static Callbacks at(Instant now) {
        return new Callbacks(VECTOR.token(), KEY, VECTOR.receiveId(), InstantSource.fixed(now));
    }
}
