package io.kefuhub.channel.wecom.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
    static List<Vectors.Callback> callbacks() {
        return Vectors.read().callbacks();
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void a_callback_is_opened(Vectors.Callback vector) {
        var opened = at(vector).open(vector.proof(), vector.encrypted());

        assertThat(opened).isInstanceOfSatisfying(Opened.Genuine.class, genuine -> {
            if (vector.plain().isEmpty()) assertThat(genuine.text()).contains("<![CDATA[hello]]>", "mycreate");
            else assertThat(genuine.text()).isEqualTo(vector.plain());
        });
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void what_was_opened_is_sealed_to_the_same_signs(Vectors.Callback vector) {
        var callbacks = at(vector);
        var text = ((Opened.Genuine) callbacks.open(vector.proof(), vector.encrypted())).text();

        var sealed =
                callbacks.seal(text, vector.proof().timestamp(), vector.proof().nonce());

        assertThat(sealed.encrypted()).isEqualTo(vector.encrypted());
        assertThat(sealed.signature()).isEqualTo(vector.proof().signature());
    }

    @Test
    void there_are_six_callbacks_of_which_one_is_padded_by_a_whole_block() {
        assertThat(callbacks()).hasSize(6);
        assertThat(callbacks())
                .filteredOn(vector -> vector.name().equals("padding of 32"))
                .singleElement()
                .satisfies(vector -> assertThat(Base64.getDecoder().decode(vector.encrypted()))
                        .hasSize(128));
    }

    @Test
    void a_file_is_decrypted() throws IOException {
        var media = Vectors.read().media();
        var key = CallbackKey.ofBase64(media.text("aeskey", "")).orElseThrow();
        var encrypted = Base64.getDecoder().decode(media.text("cipher", ""));
        var plain = new ByteArrayOutputStream();

        EncryptedFile.decrypt(key, new ByteArrayInputStream(encrypted), plain);

        assertThat(plain.toString(StandardCharsets.UTF_8)).isEqualTo(media.text("plain", ""));
    }

    @Test
    void a_page_is_signed() {
        var signature = Signature.ofPage("TICKET", "abc123", "1767225600", "https://hub.example.com/sidebar?x=1");

        assertThat(signature).isEqualTo(Vectors.read().page().text("sha1", ""));
    }

    private static Callbacks at(Vectors.Callback vector) {
        return new Callbacks(
                vector.token(),
                CallbackKey.parse(vector.aesKey()).orElseThrow(),
                vector.receiveId(),
                clock(vector),
                bytes -> System.arraycopy(vector.random().getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 16));
    }

    private static InstantSource clock(Vectors.Callback vector) {
        return InstantSource.fixed(
                Instant.ofEpochSecond(Long.parseLong(vector.proof().timestamp())));
    }
}
