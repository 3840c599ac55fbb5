package io.kefuhub.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.web.Browser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a call is told by its field, and no model is asked. */
class WrongCallsTest {
    private static final String SAYS = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture hub;

    @BeforeEach
    void start() {
        hub = new GatewayFixture(folder);
    }

    @AfterEach
    void stop() {
        assertThat(hub.models.asked).isEmpty();
        hub.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n | `2` | invalid_value",
                "temperature | 2.5 | invalid_value",
                "temperature | `\"hot\"` | invalid_type",
                "max_tokens | 0 | invalid_value",
                "max_tokens | 1.5 | invalid_type",
                "max_completion_tokens | 99999999999999 | invalid_value",
                "stream | 1 | invalid_type",
                "tools | `[{\"type\":\"function\"}]` | unsupported_parameter",
                "logprobs | true | unsupported_parameter",
                "store | true | unsupported_parameter",
                "temperatur | 1 | unknown_parameter",
                "temperatur | null | unknown_parameter",
                "response_format.type | `{\"type\":\"xml\"}` | invalid_value",
                "response_format.json_schema.schema | `{\"type\":\"json_schema\"}` | missing_required_parameter",
                "stream_options.x | `{\"x\":1}` | unknown_parameter",
            })
    void a_field_that_cannot_be_kept(String param, String value, String code) {
        var field = param.split("\\.")[0];

        isRefused(hub.asks("{\"model\":\"fast\"," + SAYS + ",\"" + field + "\":" + value + "}"), param, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[]` | messages",
                "`[{\"role\":\"user\",\"content\":\" \"}]` | messages[0].content",
                "`[{\"role\":\"tool\",\"content\":\"x\"}]` | messages[0].role",
                "`[{\"role\":\"king\",\"content\":\"x\"}]` | messages[0].role",
                "`[{\"content\":\"x\"}]` | messages[0].role",
                "`[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"y\"}]` | messages",
                "`[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}]` | messages[0].content[0].type",
                "`[{\"role\":\"user\",\"content\":7}]` | messages[0].content",
                "`[{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[{}]}]` | messages[0].tool_calls",
                "`[\"hi\"]` | messages[0]",
                "`{}` | messages",
                "null | messages",
            })
    void messages_that_cannot_be_asked(String messages, String param) {
        var answer = hub.asks("{\"model\":\"fast\",\"messages\":" + messages + "}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
    }

    @Test
    void what_is_not_there_or_not_json() {
        isRefused(hub.asks("{" + SAYS + "}"), "model", "missing_required_parameter");
        isRefused(hub.asks("{\"model\":\"fast\"}"), "messages", "missing_required_parameter");
        isRefused(hub.asks("{\"model\":null," + SAYS + "}"), "model", "invalid_type");
        assertThat(hub.asks("{\"model\":").json().at("/error/code").asText()).isEqualTo("invalid_json");
        assertThat(hub.asks("{\"model\":\"a\",\"model\":\"b\"," + SAYS + "}").status())
                .isEqualTo(400);
        assertThat(hub.asks("{\"model\":\"fast\"," + SAYS + "} x").status()).isEqualTo(400);
        assertThat(hub.asks("[]").status()).isEqualTo(400);
        assertThat(hub.asks("[".repeat(10_000)).status()).isEqualTo(400);
    }

    @Test
    void a_body_of_another_type_or_without_end() {
        var program = hub.program(GatewayFixture.TOKEN);

        assertThat(program.send("POST", "/v1/chat/completions", "text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        var large = ("{\"model\":\"" + "x".repeat(17 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        var answer = program.send("POST", "/v1/chat/completions", "application/json", large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("request_too_large");
    }

    @Test
    void a_path_that_nobody_serves_is_refused_in_the_same_shape() {
        var answer = hub.program(GatewayFixture.TOKEN).get("/v1/embeddings");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("not_found");
    }

    private static void isRefused(Browser.Answer answer, String param, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
    }
}
