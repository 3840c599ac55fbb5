package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SealTest {
    static List<JsonNode> published() {
        return Vectors.of("decrypt");
    }

    static List<JsonNode> callbacks() {
        return Vectors.of("callback");
    }

    @ParameterizedTest
    @MethodSource("published")
    void opens_what_the_platform_published(JsonNode vector) {
        var seal = new Seal(vector.path("encryptKey").asText());

        assertThat(new String(seal.decrypt(vector.path("encrypt").asText()), UTF_8))
                .isEqualTo(vector.path("plain").asText());
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void seals_and_signs_as_the_official_clients_expect(JsonNode vector) {
        var seal = new Seal(vector.path("encryptKey").asText());
        var iv = HexFormat.of().parseHex(vector.path("iv").asText());

        var body = Json.object()
                .put("encrypt", seal.encrypt(iv, vector.path("plain").asText().getBytes(UTF_8)));
        var signature = seal.signature(
                vector.path("timestamp").asText(),
                vector.path("nonce").asText(),
                vector.path("body").asText().getBytes(UTF_8));

        assertThat(body.toString()).isEqualTo(vector.path("body").asText());
        assertThat(signature).isEqualTo(vector.path("signature").asText());
    }

    @Test
    void another_key_opens_nothing() {
        var sealed = new Seal("one").encrypt(new byte[Seal.IV_BYTES], "{}".getBytes(UTF_8));

        assertThatThrownBy(() -> new Seal("two").decrypt(sealed)).isInstanceOf(IllegalArgumentException.class);
    }
}
