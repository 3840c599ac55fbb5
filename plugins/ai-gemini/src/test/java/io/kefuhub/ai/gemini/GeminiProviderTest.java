package io.kefuhub.ai.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.EveryProvider;
import io.kefuhub.ai.exchange.Golden;
import io.kefuhub.ai.exchange.Heard;
import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.kit.AiProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiProviderTest extends EveryProvider {
    @Override
    public AiProviderFactory factory() {
        return new GeminiProviderFactory();
    }

    @Override
    protected Usage usage() {
        return new Usage(true, 31, 16, 12, 0);
    }

    @Override
    protected boolean saysWhenItIsOver() {
        return false;
    }

    @Override
    protected String path() {
        return "/v1beta";
    }

    @Test
    void the_key_travels_in_its_header_and_never_in_the_address() {
        ask("answer");

        assertThat(server.question().path()).isEqualTo("/v1beta/models/model-1:streamGenerateContent?alt=sse");
        assertThat(server.question().headers().getFirst("x-goog-api-key")).isEqualTo(KEY);
    }

    @Test
    void a_plain_question_goes_to_its_own_method() {
        server.lay(golden("plain"));

        ask(AiProviderContract.request(false), new Heard());

        assertThat(server.question().path()).isEqualTo("/v1beta/models/model-1:generateContent");
    }

    @Test
    void thoughts_are_counted_as_output() {
        assertThat(ask("reasoning"))
                .isInstanceOfSatisfying(
                        AiReply.Answer.class,
                        answer -> assertThat(answer.usage()).isEqualTo(new Usage(true, 31, 16, 20, 8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"})
    void an_answer_that_is_withheld_counts_as_filtered(String reason) {
        var golden = golden("answer");
        server.lay(new Golden(200, golden.headers(), golden.body().replace("STOP", reason)));

        assertThat(ask(AiProviderContract.request(true), new Heard())).isEqualTo(new AiReply.ContentFiltered(true));
    }

    @Test
    void fields_of_its_own_join_those_of_the_question() {
        server.lay(golden("answer"));

        ask(request(Map.of("generationConfig", "{\"thinkingConfig\":{\"thinkingBudget\":0}}")), new Heard());

        var config = server.question().json().object("generationConfig").orElseThrow();
        assertThat(config.members()).containsKeys("thinkingConfig", "maxOutputTokens");
    }

    @Test
    void an_error_in_a_list_is_one_too() {
        var golden = golden("too-long");
        server.lay(new Golden(400, golden.headers(), "[" + golden.body() + "]"));

        assertThat(ask(AiProviderContract.request(true), new Heard())).isEqualTo(new AiReply.TooLong(true));
    }

    @Test
    void vectors_come_in_order_and_without_a_price() {
        server.lay(new Golden(200, Map.of(), "{\"embeddings\":[{\"values\":[1,0]},{\"values\":[0,1]}]}"));

        assertThat(provider().embed("vectors-1", List.of("一", "二")))
                .isInstanceOfSatisfying(Embedding.Vectors.class, vectors -> {
                    assertThat(vectors.values()).hasSize(2);
                    assertThat(vectors.values().getLast()).containsExactly(0, 1);
                    assertThat(vectors.usage()).isEqualTo(Usage.UNKNOWN);
                });
        assertThat(server.question().path()).isEqualTo("/v1beta/models/vectors-1:batchEmbedContents");
    }
}
