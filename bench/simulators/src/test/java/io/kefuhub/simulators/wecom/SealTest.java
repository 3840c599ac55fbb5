package io.kefuhub.simulators.wecom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's published vectors, and what must not be opened. */
final class SealTest {
    @TempDir
    Path folder;

    @Test
    void every_vector_of_callbacks_is_opened_signed_and_sealed_to_the_byte() throws Exception {
        var vectors = vectors().path("callback");

        assertThat(vectors).hasSize(6);
        for (var vector : vectors) {
            var seal = seal(vector);
            var sealed = vector.path("encrypt").asText();
            var plain = seal.open(sealed);
            assertThat(seal.sign(
                            vector.path("timestamp").asText(),
                            vector.path("nonce").asText(),
                            sealed))
                    .isEqualTo(vector.path("signature").asText());
            if (vector.has("plain"))
                assertThat(plain).isEqualTo(vector.path("plain").asText());
            var random = vector.path("random").asText().getBytes(StandardCharsets.UTF_8);
            assertThat(seal.close(plain, random)).isEqualTo(sealed);
        }
    }

    @Test
    void the_published_example_says_hello() throws Exception {
        var published = vectors().path("callback").path(5);

        var message = Xml.read(seal(published).open(published.path("encrypt").asText()));

        assertThat(message).containsEntry("Content", "hello").containsEntry("FromUserName", "mycreate");
    }

    @Test
    void a_bots_file_is_sealed_in_memory_and_on_disk_alike() throws Exception {
        var vector = vectors().path("media");
        var key = Base64.getDecoder().decode(vector.path("aeskey").asText());
        var plain = vector.path("plain").asText().getBytes(StandardCharsets.UTF_8);
        var from = Files.write(folder.resolve("plain"), plain);
        var to = folder.resolve("sealed");

        Seal.encrypt(key, from, to);

        assertThat(Base64.getEncoder().encodeToString(Seal.encrypt(key, plain)))
                .isEqualTo(vector.path("cipher").asText());
        assertThat(Files.readAllBytes(to)).isEqualTo(Seal.encrypt(key, plain));
        assertThat(Seal.decrypt(key, Files.readAllBytes(to))).isEqualTo(plain);
    }

    @Test
    void the_signature_of_pages_is_the_one_of_the_vector() throws Exception {
        var vector = vectors().path("jsapi");

        var sum = MessageDigest.getInstance("SHA-1")
                .digest(vector.path("text").asText().getBytes(StandardCharsets.UTF_8));

        assertThat(HexFormat.of().formatHex(sum)).isEqualTo(vector.path("sha1").asText());
    }

    @Test
    void what_was_changed_or_is_for_somebody_else_is_not_opened() throws Exception {
        var vector = vectors().path("callback").path(1);
        var seal = seal(vector);
        var bytes = Base64.getDecoder().decode(vector.path("encrypt").asText());
        bytes[bytes.length - 1] ^= 1;

        for (var bad : List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - 1)),
                seal.forSomebodyElse().close("<xml/>"),
                "",
                "???")) {
            assertThatThrownBy(() -> seal.open(bad)).isInstanceOf(Seal.BrokenException.class);
        }
    }

    @Test
    void the_keys_to_enter_have_the_form_that_the_console_asks_for() {
        var keys = new ArrayList<>(List.of(Corp.KF, Corp.APP, Corp.BOT_SEAL));

        assertThat(keys).allSatisfy(seal -> {
            assertThat(seal.aesKey()).matches("[A-Za-z0-9]{43}");
            assertThat(seal.key()).hasSize(32);
            assertThat(seal.token()).matches("[A-Za-z0-9]{1,32}");
        });
        assertThat(Corp.ID).hasSize(18).startsWith("ww");
    }

    private static Seal seal(JsonNode vector) {
        return new Seal(
                vector.path("token").asText(),
                vector.path("encodingAesKey").asText(),
                vector.path("receiveId").asText());
    }

    private static JsonNode vectors() throws IOException {
        try (var file = SealTest.class.getResourceAsStream("/vectors.json")) {
            return Json.MAPPER.readTree(file).path("wecom");
        }
    }
}
