package io.kefuhub.ai.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.EveryProvider;
import io.kefuhub.ai.exchange.Golden;
import io.kefuhub.ai.exchange.Heard;
import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.SpeaksInLines;
import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.kit.AiProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OllamaProviderTest extends EveryProvider implements SpeaksInLines {
    @Override
    public AiProviderFactory factory() {
        return new OllamaProviderFactory();
    }

    @Override
    protected Usage usage() {
        return new Usage(true, 31, 0, 12, 0);
    }

    @Test
    void the_address_may_end_as_that_of_its_other_routes() {
        for (var end : List.of("", "/", "/api", "/v1")) {
            server.lay(golden("answer"));

            provider("address", server.address() + end)
                    .reply(AiProviderContract.request(true), new Heard(), new AiProviderContract.NeverCancel());

            assertThat(server.question().path()).isEqualTo("/api/chat");
        }
    }

    @Test
    void reasoning_is_asked_for_only_where_the_admin_says_so() {
        for (var thinking : List.of("on", "off")) {
            server.lay(golden("answer"));

            provider("thinking", thinking)
                    .reply(AiProviderContract.request(true), new Heard(), new AiProviderContract.NeverCancel());

            assertThat(server.question().json().members()).containsEntry("think", thinking.equals("on"));
        }
    }

    @Test
    void fields_of_its_own_join_those_of_the_question() {
        server.lay(golden("answer"));

        ask(request(Map.of("options", "{\"num_ctx\":2048,\"seed\":7}", "keep_alive", "\"10m\"")), new Heard());

        var asked = server.question().json();
        assertThat(asked.text("keep_alive")).contains("10m");
        assertThat(asked.object("options").orElseThrow().members())
                .containsEntry("num_ctx", 2048L)
                .containsEntry("seed", 7L)
                .containsEntry("num_predict", 256L);
    }

    @Test
    void a_question_that_is_too_long_is_known_in_every_version() {
        var runner =
                "{\"error\":{\"code\":400,\"message\":\"it does not fit\",\"type\":\"exceed_context_size_error\"}}";
        server.lay(new Golden(400, Map.of(), Json.write(Map.of("error", runner))))
                .lay(new Golden(500, Map.of(), "{\"error\":\"the input length exceeds the context length\"}"));

        assertThat(ask(AiProviderContract.request(true), new Heard())).isEqualTo(new AiReply.TooLong(true));
        assertThat(ask(AiProviderContract.request(true), new Heard())).isEqualTo(new AiReply.TooLong(true));
    }

    @Test
    void an_answer_without_counts_has_no_usage() {
        var golden = golden("answer");
        var uncounted = golden.body()
                .replaceAll(",\"prompt_eval_count\":31,\"prompt_eval_duration\":100,\"eval_count\":12", "");
        server.lay(new Golden(200, golden.headers(), uncounted));

        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isEqualTo(new AiReply.Answer(TEXT, Usage.UNKNOWN, AiReply.Finish.STOP));
    }

    @Test
    void vectors_come_in_order_with_what_they_cost() {
        server.lay(new Golden(
                200, Map.of(), "{\"model\":\"vectors-1\",\"embeddings\":[[1,0],[0,1]],\"prompt_eval_count\":5}"));

        assertThat(provider().embed("vectors-1", List.of("一", "二")))
                .isInstanceOfSatisfying(Embedding.Vectors.class, vectors -> {
                    assertThat(vectors.values().getFirst()).containsExactly(1, 0);
                    assertThat(vectors.usage()).isEqualTo(new Usage(true, 5, 0, 0, 0));
                });
        assertThat(server.question().json().members()).containsEntry("truncate", false);
    }
}
